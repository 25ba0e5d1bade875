// The playground's drop zone, clipboard and keys.
const shown = /^image\/(png|jpeg|webp|gif|avif|bmp)$/;

const input = root => root.querySelector("input[type=file]");
const press = button => { if (button && !button.disabled) button.click(); };

function give(root, files) {
  if (files.length === 0) return;
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  input(root).files = data.files;
  input(root).dispatchEvent(new Event("change", { bubbles: true }));
}

export function listen(root) {
  const zone = () => root.querySelector(".drop");
  root.addEventListener("dragover", event => { event.preventDefault(); zone().classList.add("over"); });
  root.addEventListener("dragleave", () => zone().classList.remove("over"));
  root.addEventListener("drop", event => { event.preventDefault(); zone().classList.remove("over"); give(root, event.dataTransfer.files); });

  // Keys and the clipboard belong to the page wherever the focus is; they end with it.
  const paste = event => { if (event.clipboardData.files.length > 0) { event.preventDefault(); give(root, event.clipboardData.files); } };
  const keys = event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) press(root.querySelector("[data-ask]"));
    else if (event.key === "Escape") press(root.querySelector("[data-stop]"));
  };
  const on = (type, handler) => document.addEventListener(type, function once(event) {
    if (root.isConnected) handler(event); else document.removeEventListener(type, once);
  });
  on("paste", paste);
  on("keydown", keys);
  root.dataset.listening = "true";
}

// Addresses under which the browser shows the chosen files; empty for formats that it does not show.
export const previews = root => [...input(root).files].map(file => shown.test(file.type) ? URL.createObjectURL(file) : "");

export async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without https the clipboard is reached only through a selection.
  const area = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
