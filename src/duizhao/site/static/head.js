(function (root) {
  // Before anything is painted: say that scripts run, and take up the remembered light.
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("duizhao-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (localStorage.getItem("duizhao-notes") === "off") root.dataset.notes = "off";
    if (localStorage.getItem("duizhao-words") === "off") root.dataset.lights = "off";
  } catch (error) { /* no storage here: nothing is remembered */ }
})(document.documentElement);
