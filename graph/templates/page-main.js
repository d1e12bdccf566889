// Begins: what happens at once, and what keys and the system's settings do.

function globalKeys(event) {
  const typing = event.target instanceof Element && event.target.matches("input:not([type=range]):not([type=checkbox]), select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "Escape") {
    if (!byId("types").hidden) openTypes(false);
    else if (chosen) choose(null);
  }
}

function print(printing) {
  document.documentElement.toggleAttribute("data-printing", printing);
  changeTheme();
}

function start() {
  document.documentElement.classList.add("js");
  resetFilters();
  readTheme();
  updateView();
  redrawGraph();
  startGraph();
  buildLegend();
  startTime();
  startSearch();
  showPanel();
  showCounts();
  fit();
  byId("reset").addEventListener("click", reset);
  document.addEventListener("keydown", globalKeys);
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Element && !event.target.closest("#types, #types-open")) openTypes(false);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changeTheme);
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
}

start();
