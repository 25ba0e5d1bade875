// The few things a page cannot do from the server. One object, no framework.
window.glm = {
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
  focus: id => document.getElementById(id)?.focus(),
};
