// A first visit takes the system's light or dark; the toggle's choice (the cookie) wins ever after. Runs before anything is drawn.
(() => {
  const chosen = () => document.cookie.includes("GlmStudioTheme=");
  if (chosen() || !matchMedia("(prefers-color-scheme: dark)").matches) return;
  document.cookie = "GlmStudioTheme=material-dark; path=/; max-age=34560000; samesite=lax";
  if (chosen()) location.reload();
})();
