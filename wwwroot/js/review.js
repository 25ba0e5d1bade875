// The review page's keys, focus and picture. The server decides what is active and what is saved; this file never changes a value.

const rowHeight = 44;
const headHeight = 36;
const longestWait = 10_000;
const keys = {
  ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right", PageUp: "pageup", PageDown: "pagedown", Home: "home", End: "end",
  Enter: "edit", F2: "edit", Delete: "null", Backspace: "null", a: "accept", n: "next", z: "undo", "?": "help",
};

export function attach(root, page) {
  const picture = new Picture(root);
  let editing = false;
  let leaving = false;
  let rowId = 0;
  // A row far away comes late, and other renderings come before it: what was to be focused then is owed until it is there.
  let turn = 0;
  let owed = null;

  const call = key => page.invokeMethodAsync("KeyAsync", key);
  const editor = () => root.querySelector("[data-editor]");
  const isTyping = () => document.activeElement?.matches("input, select, textarea") && document.activeElement !== editor();
  const draftName = () => `glm-draft:${rowId}:${root.querySelector('[aria-selected="true"]')?.dataset.cell.split(":")[1]}`;

  // Whatever is typed survives a lost connection: it is offered again when the same cell is edited.
  const keepDraft = e => { if (e.target === editor()) sessionStorage.setItem(draftName(), e.target.value); };
  const finish = goOn => {
    const text = editor();
    if (!text || leaving) return;
    leaving = true;
    const name = draftName();
    page.invokeMethodAsync("SaveEditAsync", text.value, goOn).then(() => sessionStorage.removeItem(name)).finally(() => { leaving = false; });
  };

  const editorKey = e => {
    if (e.isComposing) return;                 // an input method's Enter chooses a character
    if (e.key === "Enter" && !e.shiftKey && !e.altKey) finish(true);
    else if (e.key === "Tab") finish(true);
    else if (e.key === "Escape") { leaving = true; sessionStorage.removeItem(draftName()); call("cancel").finally(() => { leaving = false; }); }
    else { e.stopPropagation(); return; }
    e.preventDefault();
    e.stopPropagation();
  };

  const commandOf = e => {
    if (e.ctrlKey || e.metaKey) return e.key === "z" ? "undo" : e.key === "Home" ? "first" : e.key === "End" ? "last" : null;
    if (e.altKey) return null;
    return /^[1-5]$/.test(e.key) ? `rate${e.key}` : keys[e.key];
  };

  const onKey = e => {
    if (e.target === editor()) return editorKey(e);
    if (e.target.closest("input, select, textarea") || document.querySelector(".rz-dialog")) return;
    const onButton = e.target.closest("button, a");
    if (onButton && (e.key === "Enter" || e.key === " ")) return;
    if (e.key === "/") { root.querySelector("[data-filter]")?.focus(); e.preventDefault(); return; }
    if (!e.ctrlKey && !e.metaKey && picture.key(e.key)) { e.preventDefault(); return; }
    const command = commandOf(e);
    if (!command) return;
    e.preventDefault();
    call(command);
  };
  // Keys work wherever the focus is on the page, except where somebody types.
  const onPageKey = e => { if (root.contains(e.target) || e.target === document.body || e.target.tagName === "H1" || e.target.id === "content") onKey(e); };
  const onFocusOut = e => { if (e.target === editor() && e.relatedTarget !== e.target) finish(false); };

  document.addEventListener("keydown", onPageKey);
  root.addEventListener("focusout", onFocusOut);
  root.addEventListener("input", keepDraft);

  return {
    show(position, column, takeFocus, isEditing, row) {
      rowId = row;
      picture.follow();
      if (isEditing && !editing) owed = "editor";
      else if (!isEditing && (takeFocus || owed === "editor")) owed = takeFocus ? "cell" : null;
      editing = isEditing;
      const mine = ++turn;
      reveal(root, position, column, () => mine === turn, cell => {
        const due = owed;
        if (due === "editor") {
          const text = editor();
          if (!text) return;
          text.value = sessionStorage.getItem(draftName()) ?? text.dataset.value ?? "";
          text.focus();
          text.select();
        } else if (due === "cell" && !isTyping()) cell.focus({ preventScroll: true });
        owed = null;
      });
    },
    dispose() {
      document.removeEventListener("keydown", onPageKey);
      root.removeEventListener("focusout", onFocusOut);
      root.removeEventListener("input", keepDraft);
      picture.dispose();
    },
  };
}

// Brings a cell into view; a row far away is scrolled to first, because only visible rows exist.
function reveal(root, position, column, isWanted, then, until = performance.now() + longestWait) {
  const grid = root.querySelector('[role="grid"]');
  if (!grid || position < 0) return;
  const cell = grid.querySelector(`[data-cell="${position}:${column}"]`);
  if (cell) {
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    then(cell);
    return;
  }
  const top = position * rowHeight;
  if (top < grid.scrollTop || top > grid.scrollTop + grid.clientHeight - headHeight - rowHeight) grid.scrollTop = Math.max(0, top - grid.clientHeight / 2);
  if (performance.now() < until) requestAnimationFrame(() => { if (isWanted()) reveal(root, position, column, isWanted, then, until); });
}

// Zoom, pan and turn of the picture; x and y are the middle of the sheet as seen from the middle of the stage.
class Picture {
  constructor(root) {
    this.root = root;
    this.view = { scale: 1, x: 0, y: 0, angle: 0 };
    this.source = null;
    this.listeners = [];
    this.listen("wheel", e => this.wheel(e), { passive: false });
    this.listen("pointerdown", e => this.grab(e));
    this.listen("click", e => { const what = e.target.closest("[data-do]")?.dataset.do; if (what) this.act(what); });
    this.listen("load", e => { if (e.target.closest("[data-sheet]")) this.loaded(); }, true);
    this.listen("error", e => { if (e.target.closest?.("[data-sheet]")) this.stage?.setAttribute("data-broken", ""); }, true);
    this.resized = new ResizeObserver(() => { if (this.fitted) this.fit(); });
    if (this.root.querySelector("[data-picture]")) this.resized.observe(this.root.querySelector("[data-picture]"));
    this.loaded();
  }

  get stage() { return this.root.querySelector("[data-stage]"); }
  get sheet() { return this.root.querySelector("[data-sheet]"); }
  get image() { return this.sheet?.querySelector("img"); }
  get active() { return this.root.querySelector('[data-box="active"]'); }

  listen(type, handler, options) {
    this.root.addEventListener(type, handler, options);
    this.listeners.push([type, handler, options]);
  }

  loaded() {
    const image = this.image;
    if (!image?.complete || !image.naturalWidth) { if (image?.complete && image.src) this.stage?.setAttribute("data-broken", ""); return; }
    this.stage.removeAttribute("data-broken");
    this.source = image.src;
    this.sheet.style.width = `${image.naturalWidth}px`;
    this.sheet.style.height = `${image.naturalHeight}px`;
    this.view.angle = 0;
    this.fit();
    this.follow();
  }

  size() {
    const { naturalWidth: w, naturalHeight: h } = this.image;
    return this.view.angle % 180 ? [h, w] : [w, h];
  }

  fit() {
    if (!this.image?.naturalWidth) return;
    const [w, h] = this.size();
    this.view.scale = Math.min((this.stage.clientWidth - 16) / w, (this.stage.clientHeight - 16) / h, 3);
    this.view.x = this.view.y = 0;
    this.fitted = true;
    this.apply();
  }

  zoom(factor, px = 0, py = 0) {
    const scale = Math.min(12, Math.max(0.03, this.view.scale * factor));
    const k = scale / this.view.scale;
    this.view = { ...this.view, scale, x: px - (px - this.view.x) * k, y: py - (py - this.view.y) * k };
    this.fitted = false;
    this.apply();
  }

  // Shows where the active value stands: large enough to read, inside the stage.
  follow() {
    const image = this.image;
    if (!image) { this.source = null; return; }
    if (image.src !== this.source) { if (image.complete) this.loaded(); else { this.sheet.style.visibility = "hidden"; this.stage.removeAttribute("data-broken"); } return; }
    const box = this.active?.getBBox();
    if (!box || this.shown === this.active && this.shownKey === `${box.x},${box.y}`) return;
    this.shown = this.active;
    this.shownKey = `${box.x},${box.y}`;
    const legible = 14 / Math.max(1, box.height / 1000 * image.naturalHeight * this.view.scale);
    if (legible <= 1 && this.fitted) return;   // the whole picture is in view
    if (legible > 1) this.zoom(Math.min(legible, 4));
    const turn = this.view.angle * Math.PI / 180;
    const bx = ((box.x + box.width / 2) / 1000 - 0.5) * image.naturalWidth * this.view.scale;
    const by = ((box.y + box.height / 2) / 1000 - 0.5) * image.naturalHeight * this.view.scale;
    const cx = bx * Math.cos(turn) - by * Math.sin(turn);
    const cy = bx * Math.sin(turn) + by * Math.cos(turn);
    const [halfW, halfH] = [this.stage.clientWidth / 2 - 30, this.stage.clientHeight / 2 - 30];
    if (Math.abs(cx + this.view.x) > halfW || legible > 1) this.view.x = -cx;
    if (Math.abs(cy + this.view.y) > halfH || legible > 1) this.view.y = -cy;
    // No further than the edge: an empty half of the stage helps nobody.
    const [w, h] = this.size();
    const edge = (side, stage) => Math.max(0, (side * this.view.scale - stage) / 2 + 8);
    const [right, bottom] = [edge(w, this.stage.clientWidth), edge(h, this.stage.clientHeight)];
    this.view.x = Math.min(right, Math.max(-right, this.view.x));
    this.view.y = Math.min(bottom, Math.max(-bottom, this.view.y));
    this.apply();
  }

  apply() {
    const { scale, x, y, angle } = this.view;
    const sheet = this.sheet;
    sheet.style.transform = `translate(-50%, -50%) translate(${x}px, ${y}px) rotate(${angle}deg) scale(${scale})`;
    sheet.style.setProperty("--inverse", 1 / scale);
    sheet.style.visibility = "visible";
  }

  act(what) {
    if (!this.image?.naturalWidth) return;
    if (what === "in") this.zoom(1.25);
    else if (what === "out") this.zoom(0.8);
    else {
      if (what === "turn") this.view.angle = (this.view.angle + 90) % 360;
      this.fit();
    }
  }

  key(key) {
    const what = { "+": "in", "=": "in", "-": "out", 0: "fit", r: "turn" }[key];
    if (what) this.act(what);
    return !!what;
  }

  wheel(e) {
    if (!this.stage?.contains(e.target) || !this.image?.naturalWidth) return;
    e.preventDefault();
    const area = this.stage.getBoundingClientRect();
    this.zoom(Math.exp(-e.deltaY / 400), e.clientX - area.left - area.width / 2, e.clientY - area.top - area.height / 2);
  }

  grab(e) {
    if (!this.stage?.contains(e.target) || e.button !== 0) return;
    const stage = this.stage;
    let [x, y] = [e.clientX, e.clientY];
    stage.setPointerCapture(e.pointerId);
    const move = m => {
      this.view.x += m.clientX - x;
      this.view.y += m.clientY - y;
      [x, y] = [m.clientX, m.clientY];
      this.fitted = false;
      if (this.sheet) this.apply();
    };
    const drop = () => { stage.removeEventListener("pointermove", move); stage.removeEventListener("pointerup", drop); stage.removeEventListener("pointercancel", drop); };
    stage.addEventListener("pointermove", move);
    stage.addEventListener("pointerup", drop);
    stage.addEventListener("pointercancel", drop);
  }

  dispose() {
    for (const [type, handler, options] of this.listeners) this.root.removeEventListener(type, handler, options);
    this.resized.disconnect();
  }
}
