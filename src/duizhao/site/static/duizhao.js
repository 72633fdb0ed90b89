(function () {
  "use strict";
  var root = document.documentElement;
  var rows = Array.prototype.slice.call(document.querySelectorAll(".row"));
  var now = -1;

  function remember(name, value) {
    try { localStorage.setItem("duizhao-" + name, value); } catch (error) { /* not remembered here */ }
  }

  // Light
  var themes = document.querySelectorAll("input[name=theme]");
  themes.forEach(function (input) {
    input.checked = input.value === (root.dataset.theme || "auto");
    input.addEventListener("change", function () {
      if (input.value === "auto") delete root.dataset.theme; else root.dataset.theme = input.value;
      remember("theme", input.value);
    });
  });

  // Findings
  var shown = document.getElementById("show-notes");
  if (shown) {
    shown.checked = root.dataset.notes !== "off";
    shown.addEventListener("change", function () { remember("notes", shown.checked ? "on" : "off"); });
  }

  // Rows: one of them is the place where the keyboard is
  function links(row) { return row.querySelectorAll(".nums a"); }

  function mark(index) {
    if (now >= 0 && rows[now]) {
      rows[now].classList.remove("now");
      rows[now].tabIndex = -1;
      links(rows[now]).forEach(function (link) { link.tabIndex = -1; });
    }
    now = index;
    if (now < 0) return;
    rows[now].classList.add("now");
    rows[now].tabIndex = 0;
    links(rows[now]).forEach(function (link) { link.tabIndex = 0; });
  }

  function go(index) {
    if (!rows.length) return;
    mark(Math.max(0, Math.min(index, rows.length - 1)));
    rows[now].focus({ preventScroll: true });
    var calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    var box = rows[now].getBoundingClientRect();
    if (box.top < 60 || box.bottom > innerHeight - 60) {
      rows[now].scrollIntoView({ block: box.height > innerHeight * 0.8 ? "start" : "center", behavior: calm ? "auto" : "smooth" });
    }
  }

  function rowOf(element) {
    var row = element && element.closest ? element.closest(".row") : null;
    return row ? rows.indexOf(row) : -1;
  }

  // Where to start from when no row is the current one: the first in sight
  function inSight() {
    for (var i = 0; i < rows.length; i += 1) {
      if (reachable(i) && rows[i].getBoundingClientRect().bottom > 80) return i;
    }
    return 0;
  }

  // Rows in a closed fold are passed over
  function reachable(index) { return rows[index] && rows[index].getClientRects().length > 0; }

  function step(by) {
    var index = now < 0 ? inSight() : now + by;
    while (by && rows[index] && !reachable(index)) index += by;
    if (now < 0 || rows[index]) go(index);
  }

  rows.forEach(function (row, index) {
    row.tabIndex = index ? -1 : 0;
    links(row).forEach(function (link) { link.tabIndex = -1; });
  });
  document.addEventListener("focusin", function (event) {
    var index = rowOf(event.target);
    if (index >= 0 && index !== now) mark(index);
  });
  document.addEventListener("click", function (event) {
    var index = rowOf(event.target);
    if (index >= 0) mark(index);
    else if (!event.target.closest("button, a, input, label, summary, dialog")) mark(-1);
  });

  function otherLanguage() {
    if (now < 0) { step(0); return; }
    var sides = Array.prototype.slice.call(rows[now].querySelectorAll(".side"));
    if (sides.length < 2) return;
    sides.forEach(function (side) { side.tabIndex = -1; });
    var next = document.activeElement === sides[1] ? 0 : document.activeElement === sides[0] ? 1 : document.activeElement.closest(".side") === sides[1] ? 0 : 1;
    sides[next].focus({ preventScroll: true });
    sides[next].scrollIntoView({ block: "nearest" });
  }

  function nextFinding() {
    if (shown && !shown.checked) shown.click();
    for (var i = 1; i <= rows.length; i += 1) {
      var index = (now + i + rows.length) % rows.length;
      if (rows[index].querySelector(".notes")) { unfold(rows[index]); go(index); return; }
    }
  }

  var help = document.getElementById("help");
  function toggleHelp() { if (help) { if (help.open) help.close(); else help.showModal(); } }
  var helpButton = document.getElementById("help-button");
  if (helpButton) helpButton.addEventListener("click", toggleHelp);

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) return;
    if (help && help.open) { if (event.key === "?") { help.close(); event.preventDefault(); } return; }
    var inRow = rowOf(document.activeElement) >= 0;
    var radio = event.target.matches("input[type=radio]");
    if (event.key === "?") toggleHelp();
    else if (!rows.length) return;
    else if (event.key === "j" || (event.key === "ArrowDown" && inRow && !radio)) step(1);
    else if (event.key === "k" || (event.key === "ArrowUp" && inRow && !radio)) step(-1);
    else if (event.key === "l") otherLanguage();
    else if (event.key === "f") nextFinding();
    else if (event.key === "F" && shown) shown.click();
    else return;
    event.preventDefault();
  });

  function unfold(element) {
    for (var fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }

  // Older browsers do not open what is folded around the target of a link
  function reveal() {
    var target = null;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (error) { return; }
    if (!target) return;
    unfold(target);
    var index = rowOf(target);
    if (index >= 0) mark(index);
    target.scrollIntoView({ block: "center" });
  }
  addEventListener("hashchange", reveal);
  if (location.hash.length > 1) reveal();

  // Paper shows everything that is folded away only where the reader opened it; the provenance always
  var provenance = document.querySelector(".colophon .provenance");
  if (provenance) {
    var opened = false;
    addEventListener("beforeprint", function () { opened = provenance.open; provenance.open = true; });
    addEventListener("afterprint", function () { provenance.open = opened; });
  }

  // Rows as a table on the clipboard
  function text(found, side) {
    if (!found) return "";
    var lines = Array.prototype.slice.call(found.querySelectorAll(".s")).map(function (line) {
      var copy = line.cloneNode(true);
      copy.querySelectorAll(".ref").forEach(function (ref) { ref.remove(); });
      return copy.textContent;
    });
    return lines.join(side === "zh" ? "" : " ").replace(/\s+/g, " ").trim();
  }
  function escaped(value) { return value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"); }
  var button = document.getElementById("copy-rows");
  if (button) button.addEventListener("click", function () {
    var tags = ["zh", "en"].map(function (side) {
      var found = document.querySelector(".row .side." + side);
      return found ? found.lang : side;
    });
    var table = [];
    rows.forEach(function (row) {
      if (!row.classList.contains("run")) {
        table.push([text(row.querySelector(".side.zh"), "zh"), text(row.querySelector(".side.en"), "en")]);
        return;
      }
      // What is folded stands alone: a paragraph a row
      row.querySelectorAll(".side p").forEach(function (paragraph) {
        var chinese = paragraph.parentElement.classList.contains("zh");
        table.push(chinese ? [text(paragraph, "zh"), ""] : ["", text(paragraph, "en")]);
      });
    });
    var title = ["zh", "en"].map(function (side) {
      var line = document.querySelector(".colophon .title." + side + " .s");
      return line ? line.textContent : "";
    });
    if (title[0] || title[1]) table.unshift(title);
    var plain = table.map(function (cells) { return cells.join("\t"); }).join("\n") + "\n";
    var html = "<table>" + table.map(function (cells) {
      return "<tr>" + cells.map(function (cell, i) { return '<td lang="' + tags[i] + '">' + escaped(cell) + "</td>"; }).join("") + "</tr>";
    }).join("") + "</table>";
    var status = document.getElementById("copy-status");
    function done(copied) { status.textContent = copied ? table.length + " rows copied" : "The browser did not allow it; select the rows instead"; }
    function byEvent() {
      function fill(event) {
        event.preventDefault();
        event.clipboardData.setData("text/plain", plain);
        event.clipboardData.setData("text/html", html);
      }
      document.addEventListener("copy", fill);
      var copied = false;
      try { copied = document.execCommand("copy"); } catch (error) { copied = false; }
      document.removeEventListener("copy", fill);
      return copied;
    }
    if (navigator.clipboard && window.ClipboardItem) {
      navigator.clipboard.write([new ClipboardItem({
        "text/plain": new Blob([plain], { type: "text/plain" }),
        "text/html": new Blob([html], { type: "text/html" })
      })]).then(function () { done(true); }, function () { done(byEvent()); });
    } else done(byEvent());
  });
})();
