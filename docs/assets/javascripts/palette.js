/* Dark or light: as the device has it, until the reader chooses. It runs before anything is drawn, so nothing flashes.
   A choice that is what the device does anyway is forgotten, and the device leads again. */
{
  const dark = document.getElementById("dark");
  const device = matchMedia("(prefers-color-scheme: dark)");
  const KEY = "colors";
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is closed: the choice lasts for this page
    }
  };
  let choice = stored();
  const isDark = () => (choice ? choice === "dark" : device.matches);

  const apply = () => {
    dark.media = choice ? (isDark() ? "screen" : "not all") : "screen and (prefers-color-scheme: dark)";
    document.querySelector(".colors")?.setAttribute("aria-pressed", isDark());
  };

  const choose = (wanted) => {
    choice = (wanted === "dark") === device.matches ? null : wanted;
    try {
      choice ? localStorage.setItem(KEY, choice) : localStorage.removeItem(KEY);
    } catch {}
    apply();
  };

  apply();
  device.addEventListener("change", apply);
  addEventListener("storage", () => {
    choice = stored();
    apply();
  });
  addEventListener("DOMContentLoaded", () => {
    apply();
    document.querySelector(".colors").addEventListener("click", () => choose(isDark() ? "light" : "dark"));
  });
}
