// The few things a page cannot do from the server. One object, no framework.
window.glm = {
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
  hasRoomForMenu: () => innerWidth >= 1000,
  focus: id => document.getElementById(id)?.focus(),
};
