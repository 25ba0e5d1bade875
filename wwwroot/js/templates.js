// The framework's events carry a field's whole content, and a pasted table is larger than one message may be:
// they stop at the field, and its content travels as a stream.
export function watch(area, editor) {
  for (const type of ["keydown", "keyup", "input", "change", "focusin", "focusout", "paste"]) area.addEventListener(type, event => event.stopPropagation());
  area.addEventListener("change", () => editor.invokeMethodAsync("ReadTableAsync"));
}

export const content = area => new Blob([area.value]);
