// Sends folders to a dataset. The server's page cannot: it would lose the sub-folders, and the upload would end with the page.
// An upload belongs to this module, not to a page: it goes on while the visitor looks at other pages, and shows itself again here.

const uploads = new Map(); // dataset id → Upload
const LANES = 3;
const REQUEST_FILES = 64;
const REQUEST_BYTES = 16 << 20;
const HASH_BYTES = 64 << 20;
const SHOWN_PROBLEMS = 500;
const RETRY_AFTER_MS = [1000, 4000, 10000];
const HEADERS = { "X-GlmStudio": "upload" };
const PICTURE = /\.(jpe?g|jpe|jfif|png|webp|gif|tiff?|avif|bmp|dib|pdf|heic|heif)$/i;
const SHEET = /\.(xlsx|xls|csv|tsv)$/i;

/** Makes an element take dropped folders and the two inputs take chosen ones; reports to the page's OnUpload. */
export function attach(zone, folderInput, filesInput, datasetId, page, token) {
  const start = collecting => uploadOf(datasetId).add(collecting);
  const over = event => { event.preventDefault(); zone.classList.add("over"); };
  const out = event => { if (!zone.contains(event.relatedTarget)) zone.classList.remove("over"); };
  const drop = event => {
    event.preventDefault();
    zone.classList.remove("over");
    // Entries must be taken before the event ends; walking them may take its time.
    const entries = [...event.dataTransfer.items].filter(i => i.kind === "file").map(i => i.webkitGetAsEntry()).filter(Boolean);
    if (entries.length) start(walk(entries));
  };
  const take = input => {
    const files = [...input.files].map(file => ({ file, path: belowTop(file.webkitRelativePath || file.name) }));
    input.value = "";
    if (files.length) start(Promise.resolve(files));
  };
  const choose = event => take(event.target);
  zone.addEventListener("dragover", over);
  zone.addEventListener("dragleave", out);
  zone.addEventListener("drop", drop);
  folderInput.addEventListener("change", choose);
  filesInput.addEventListener("change", choose);
  const upload = uploadOf(datasetId);
  Object.assign(upload, { page, token });
  upload.report(true);
  // What was chosen before this script was ready.
  take(folderInput);
  take(filesInput);
}

/** The page goes; the upload stays. */
export function detach(datasetId, token) {
  const upload = uploads.get(datasetId);
  if (upload?.token === token) upload.page = null;
}

export function cancel(datasetId) { uploadOf(datasetId).cancel(); }
export function retry(datasetId) { uploadOf(datasetId).retry(); }
export function clear(datasetId) { uploads.get(datasetId)?.clear(); }

/** Opens a <dialog> over the page: focus stays in it, Escape closes it. */
export function showDialog(dialog) { if (!dialog.open) dialog.showModal(); }

window.addEventListener("beforeunload", event => {
  if ([...uploads.values()].some(u => u.running)) event.preventDefault();
});

function uploadOf(datasetId) {
  if (!uploads.has(datasetId)) uploads.set(datasetId, new Upload(datasetId));
  return uploads.get(datasetId);
}

class Upload {
  constructor(datasetId) {
    this.datasetId = datasetId;
    this.page = null;
    this.clear();
  }

  clear() {
    if (this.running) return;
    Object.assign(this, {
      running: false, phase: "idle", files: 0, bytes: 0, doneFiles: 0, doneBytes: 0, known: 0, pictures: 0, duplicates: 0, damaged: 0,
      hidden: 0, sheets: 0, others: 0, problems: [], failed: [], queue: [], aborting: new AbortController(), pace: [],
    });
    this.report(true);
  }

  /** Adds files; while an upload runs they join its end. */
  async add(collecting) {
    if (this.phase === "done" || this.phase === "cancelled") this.clear();
    this.adding = (this.adding ?? Promise.resolve()).then(async () => {
      if (!this.running) this.phase = "scanning";
      this.report(true);
      const files = this.sort(await collecting);
      const unknown = await this.withoutKnown(files);
      this.queue.push(...unknown);
    }).catch(error => { if (!this.aborting.signal.aborted) this.problem("", String(error.message ?? error)); });
    await this.adding;
    if (!this.running) await this.run();
  }

  sort(all) {
    const chosen = [];
    for (const item of all) {
      const name = item.path.split("/").pop();
      if (item.path.split("/").some(n => n.startsWith(".") || n === "__MACOSX") || /^(thumbs\.db|desktop\.ini)$/i.test(name)) this.hidden++;
      else if (SHEET.test(name)) this.sheets++;
      else if (name.includes(".") && !PICTURE.test(name)) this.others++;
      else chosen.push(item);
    }
    this.files += chosen.length;
    this.bytes += chosen.reduce((sum, f) => sum + f.file.size, 0);
    return chosen.sort(byPath);
  }

  // What a broken-off upload brought already is not sent again. Same path and size are looked at closely where the browser can hash.
  async withoutKnown(files) {
    this.phase = "checking";
    this.report(true);
    const there = new Map();
    for (let at = 0; at < files.length; at += 10000) {
      const offered = files.slice(at, at + 10000).map(f => ({ path: f.path, size: f.file.size }));
      const response = await fetch(`/files/datasets/${this.datasetId}/known`, {
        method: "POST", headers: { ...HEADERS, "Content-Type": "application/json" }, body: JSON.stringify(offered), signal: this.aborting.signal,
      });
      if (!response.ok) throw new Error(await messageOf(response));
      for (const known of await response.json()) there.set(known.path, known.hash);
    }
    const unknown = [];
    for (const item of files) {
      if (there.has(item.path) && await sameBytes(item.file, there.get(item.path))) {
        this.known++;
        this.finish(item);
      } else unknown.push(item);
      this.report();
    }
    return unknown;
  }

  async run() {
    if (!this.queue.length) { this.end(); return; }
    Object.assign(this, { running: true, phase: "sending", name: randomName(), number: 0, pace: [] });
    await Promise.all(Array.from({ length: LANES }, () => this.lane()));
    this.end();
  }

  end() {
    this.running = false;
    this.phase = this.aborting.signal.aborted ? "cancelled" : "done";
    this.report(true);
  }

  async lane() {
    while (this.queue.length && !this.aborting.signal.aborted) {
      const group = this.nextGroup();
      await this.sendGroup(group, this.number++);
    }
  }

  nextGroup() {
    let bytes = 0, count = 0;
    while (count < this.queue.length && count < REQUEST_FILES && (count === 0 || bytes + this.queue[count].file.size <= REQUEST_BYTES)) bytes += this.queue[count++].file.size;
    return this.queue.splice(0, count);
  }

  async sendGroup(group, number) {
    for (let attempt = 0; ; attempt++) {
      try {
        this.take(group, await this.post(group, number));
        return;
      } catch (error) {
        if (this.aborting.signal.aborted) return;
        if (error.final) { for (const item of group) this.fail(item, error.message); return; }
        // A file that cannot be read (moved, no permission) must not hold up the others of its request.
        group = await this.readable(group);
        if (!group.length) return;
        if (attempt === RETRY_AFTER_MS.length) { for (const item of group) this.fail(item, error.message); return; }
        await new Promise(resume => setTimeout(resume, RETRY_AFTER_MS[attempt]));
      }
    }
  }

  // XMLHttpRequest, because fetch does not tell how far a request has come.
  post(group, number) {
    return new Promise((resolve, reject) => {
      const form = new FormData();
      for (const item of group) form.append("files", item.file, encodeURIComponent(item.path));
      const request = new XMLHttpRequest();
      const total = group.reduce((sum, f) => sum + f.file.size, 0);
      let sent = 0;
      const count = now => { this.doneBytes += now - sent; sent = now; this.report(); };
      const stop = () => request.abort();
      const end = (settle, value) => { this.aborting.signal.removeEventListener("abort", stop); settle(value); };
      request.open("POST", `/files/datasets/${this.datasetId}/images?upload=${this.name}&number=${number}`);
      for (const [header, value] of Object.entries(HEADERS)) request.setRequestHeader(header, value);
      request.upload.onprogress = event => count(Math.min(event.loaded, total));
      request.onload = () => {
        if (request.status === 200) { count(total); end(resolve, JSON.parse(request.responseText)); return; }
        count(0);
        end(reject, Object.assign(new Error(problemText(request.responseText) ?? `HTTP ${request.status}`), { final: request.status < 500 }));
      };
      request.onerror = () => { count(0); end(reject, new Error("connection")); };
      request.onabort = () => { count(0); end(reject, new Error("cancelled")); };
      this.aborting.signal.addEventListener("abort", stop);
      request.send(form);
    });
  }

  take(group, reply) {
    reply.files.forEach((result, at) => {
      this.doneFiles++;
      this.pictures += result.pictures;
      if (result.outcome === "Known") this.known++;
      else if (result.outcome === "Duplicate") this.duplicates++;
      else if (result.outcome === "Damaged") { this.damaged++; this.problem(result.path, result.message, "damaged"); }
      else if (result.outcome !== "Added") this.problem(group[at]?.path ?? result.path, result.message, "refused");
    });
    this.report();
  }

  async readable(group) {
    const good = [];
    for (const item of group) {
      try {
        await item.file.slice(0, 1).arrayBuffer();
        good.push(item);
      } catch {
        this.fail(item, "unreadable");
      }
    }
    return good;
  }

  fail(item, message) {
    this.failed.push(item);
    this.doneFiles++;
    this.doneBytes += item.file.size;
    this.problem(item.path, message, "failed");
  }

  finish(item) { this.doneFiles++; this.doneBytes += item.file.size; }

  problem(path, message, kind = "failed") {
    if (this.problems.length < SHOWN_PROBLEMS) this.problems.push({ path, message: message ?? "", kind });
    this.report();
  }

  async retry() {
    if (this.running || !this.failed.length) return;
    for (const item of this.failed) { this.doneFiles--; this.doneBytes -= item.file.size; }
    this.queue.push(...this.failed.splice(0));
    this.problems = this.problems.filter(p => p.kind !== "failed");
    await this.run();
  }

  cancel() {
    if (!this.running && this.phase !== "checking" && this.phase !== "scanning") return;
    this.aborting.abort();
    this.queue = [];
  }

  /** Tells the page, at most four times a second. */
  report(now = false) {
    if (!this.page) return;
    if (!now) { this.timer ??= setTimeout(() => this.report(true), 250); return; }
    clearTimeout(this.timer);
    this.timer = null;
    this.page.invokeMethodAsync("OnUpload", this.snapshot()).catch(() => { /* The page is gone or reconnecting. */ });
  }

  snapshot() {
    const at = performance.now();
    this.pace = [...this.pace.filter(p => at - p.at < 8000), { at, bytes: this.doneBytes, files: this.doneFiles }];
    const first = this.pace[0], seconds = (at - first.at) / 1000;
    const speed = seconds > 0.5 ? (this.doneBytes - first.bytes) / seconds : 0;
    const fileSpeed = seconds > 0.5 ? (this.doneFiles - first.files) / seconds : 0;
    // Small files cost by the file, large ones by the byte: the slower of the two estimates holds.
    const left = Math.max(speed > 0 ? (this.bytes - this.doneBytes) / speed : 0, fileSpeed > 0 ? (this.files - this.doneFiles) / fileSpeed : 0);
    const { phase, running, files, bytes, doneFiles, doneBytes, known, pictures, duplicates, damaged, hidden, sheets, others } = this;
    return {
      phase, running, files, bytes, doneFiles, doneBytes, known, pictures, duplicates, damaged, hidden, sheets, others,
      failed: this.failed.length, bytesPerSecond: Math.round(speed), secondsLeft: running ? Math.round(left) : 0, problems: this.problems.slice(-100),
    };
  }
}

// One folder dropped alone gives its name to nothing: its files keep their paths below it. Several keep their names apart.
async function walk(entries) {
  const found = [];
  const alone = entries.length === 1 && entries[0].isDirectory;
  for (const entry of entries) await walkEntry(entry, alone ? "" : entry.name, found);
  return found;
}

async function walkEntry(entry, path, found) {
  if (entry.isFile) {
    found.push({ path, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // A reader gives a hundred entries at a time, and none at its end.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const below of some) await walkEntry(below, path ? `${path}/${below.name}` : below.name, found);
  }
}

const belowTop = path => path.includes("/") ? path.slice(path.indexOf("/") + 1) : path;

const collator = new Intl.Collator("en", { numeric: true });

// As people count and folder by folder; the same order as the server's NaturalOrder.
function byPath(a, b) {
  const left = a.path.split("/"), right = b.path.split("/");
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = collator.compare(left[at], right[at]);
    if (order) return order;
  }
  return left.length - right.length || (a.path < b.path ? -1 : 1);
}

async function sameBytes(file, hash) {
  // Without https and away from this machine browsers do not hash; then path and size must do.
  if (!globalThis.crypto?.subtle || file.size > HASH_BYTES) return true;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...digest].map(b => b.toString(16).padStart(2, "0")).join("") === hash;
}

const randomName = () => [...crypto.getRandomValues(new Uint8Array(12))].map(b => b.toString(16).padStart(2, "0")).join("");

async function messageOf(response) { return problemText(await response.text()) ?? `HTTP ${response.status}`; }

function problemText(text) {
  try { return JSON.parse(text).detail ?? null; } catch { return null; }
}
