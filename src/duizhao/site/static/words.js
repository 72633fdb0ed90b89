// Word links: pointing at a word lights what it says in the other language. Nothing of the page is changed for it:
// what is lit are ranges of text (CSS custom highlights). Without them, or with scripts off, the page is whole.
(function () {
  "use strict";
  var root = document.documentElement;
  if (!window.Highlight || !window.CSS || !CSS.highlights) return;
  root.classList.add("lights");

  var SURE = 0.7;
  var said = document.createElement("p");
  var odds = document.createElement("span");
  var lit = null;

  said.className = "unseen";
  said.setAttribute("role", "status");
  document.body.appendChild(said);
  odds.className = "word-odds";
  odds.setAttribute("aria-hidden", "true");

  var shown = document.getElementById("show-words");
  if (shown) {
    shown.checked = root.dataset.lights !== "off";
    shown.addEventListener("change", function () {
      clear();
      try { localStorage.setItem("duizhao-words", shown.checked ? "on" : "off"); } catch (error) { /* not remembered here */ }
    });
  }
  function wanted() { return !shown || shown.checked; }

  // A row's word links, as duizhao.words.stored packs them: places in the text of either side
  var known = new WeakMap();
  function links(row) {
    if (!known.has(row)) known.set(row, decode(row.dataset.words || ""));
    return known.get(row);
  }
  function decode(text) {
    var bytes = atob(text), at = 0, zh = 0, en = 0, found = [];
    function number() {
      var value = 0, shift = 0, byte;
      do { byte = bytes.charCodeAt(at); at += 1; value += (byte & 127) << shift; shift += 7; } while (byte > 127);
      return value;
    }
    while (at < bytes.length) {
      zh += number();
      var zhLength = number(), step = number(), enLength = number();
      en += step & 1 ? -((step + 1) >> 1) : step >> 1;
      found.push({ zh: [zh, zh + zhLength], en: [en, en + enLength], odds: bytes.charCodeAt(at) / 250 });
      at += 1;
      en += enLength;
    }
    return found;
  }

  // The text of a side: that of its sentences, without the marks of notes
  function pieces(side) {
    var found = [], at = 0;
    side.querySelectorAll(".s").forEach(function (sentence) {
      var walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
      for (var node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest(".ref")) continue;
        found.push({ node: node, start: at, end: at + node.length });
        at += node.length;
      }
    });
    return found;
  }
  function range(text, span) {
    var made = new Range();
    text.forEach(function (piece) {
      if (piece.start <= span[0] && span[0] < piece.end) made.setStart(piece.node, span[0] - piece.start);
      if (piece.start < span[1] && span[1] <= piece.end) made.setEnd(piece.node, span[1] - piece.start);
    });
    return made;
  }
  function sideOf(row, code) { return row.querySelector(".side." + code); }
  function other(code) { return code === "zh" ? "en" : "zh"; }
  function percent(link) { return Math.min(Math.floor(link.odds * 100 + 1e-6), 99) + "%"; }

  function clear() {
    if (!lit) return;
    CSS.highlights.delete("word");
    CSS.highlights.delete("word-doubtful");
    odds.remove();
    said.textContent = "";
    lit = null;
  }

  // Light the word at span of one side, and its counterparts
  function light(row, code, span, aloud) {
    var found = links(row).filter(function (link) { return link[code][0] === span[0] && link[code][1] === span[1]; });
    if (!found.length) { clear(); return; }
    var here = pieces(sideOf(row, code)), there = pieces(sideOf(row, other(code)));
    var best = found.slice().sort(function (a, b) { return b.odds - a.odds; });
    var word = range(here, span);
    var sure = [], doubtful = [];
    (best[0].odds < SURE ? doubtful : sure).push(word);
    found.forEach(function (link) { (link.odds < SURE ? doubtful : sure).push(range(there, link[other(code)])); });
    CSS.highlights.set("word", new Highlight(...sure));
    CSS.highlights.set("word-doubtful", new Highlight(...doubtful));
    odds.textContent = found.map(percent).join(" ");
    row.appendChild(odds);
    var box = word.getBoundingClientRect();
    odds.style.setProperty("--at", Math.round(box.top + box.height / 2 - row.getBoundingClientRect().top) + "px");
    lit = { row: row, code: code, span: span, best: best[0], held: Boolean(aloud) };
    if (!aloud) return;
    said.textContent = "";
    say(word.toString(), sideOf(row, code).lang);
    found.forEach(function (link, n) {
      say(n ? ", " : ": ", "en");
      say(range(there, link[other(code)]).toString(), sideOf(row, other(code)).lang);
      say(" " + percent(link), "en");
    });
    if (box.top < 0 || box.bottom > innerHeight) word.startContainer.parentElement.scrollIntoView({ block: "center" });
  }
  function say(text, tag) {
    var part = document.createElement("span");
    part.lang = tag;
    part.textContent = text;
    said.appendChild(part);
  }

  // What is pointed at: undefined between words, null where nothing is linked, else a row, a side and a place
  function caret(x, y) {
    if (document.caretPositionFromPoint) {
      var position = document.caretPositionFromPoint(x, y);
      return position && { node: position.offsetNode, offset: position.offset };
    }
    var found = document.caretRangeFromPoint && document.caretRangeFromPoint(x, y);
    return found && { node: found.startContainer, offset: found.startOffset };
  }
  function pointed(event) {
    var side = event.target.closest && event.target.closest(".side");
    var row = side && side.closest("[data-words]");
    if (!row) return null;
    var place = caret(event.clientX, event.clientY);
    var piece = place && pieces(side).find(function (one) { return one.node === place.node; });
    if (!piece) return undefined;
    // The nearest gap between characters is told: the one pointed at stands before or behind it
    var offset = [place.offset, place.offset - 1].find(function (one) {
      if (one < 0 || one >= piece.node.length) return false;
      var character = new Range();
      character.setStart(piece.node, one);
      character.setEnd(piece.node, one + 1);
      return Array.prototype.some.call(character.getClientRects(), function (box) {
        return box.left <= event.clientX && event.clientX <= box.right && box.top <= event.clientY && event.clientY <= box.bottom;
      });
    });
    if (offset === undefined) return undefined;
    var code = side.classList.contains("zh") ? "zh" : "en";
    var at = piece.start + offset;
    var link = links(row).find(function (one) { return one[code][0] <= at && at < one[code][1]; });
    return link ? { row: row, code: code, span: link[code] } : null;
  }
  function same(place) {
    return lit && place.row === lit.row && place.code === lit.code && place.span[0] === lit.span[0];
  }

  document.addEventListener("pointermove", function (event) {
    if (event.pointerType === "touch" || event.buttons || !wanted()) return;
    var place = pointed(event);
    if (place && !same(place)) light(place.row, place.code, place.span, false);
    else if (place === null && lit && !lit.held) clear();
  });
  document.addEventListener("click", function (event) {
    if (!wanted() || event.target.closest("a, button, summary, label, input")) return;
    var place = pointed(event);
    if (place) light(place.row, place.code, place.span, true);
    else clear();
  });
  document.addEventListener("pointerleave", function () { if (lit && !lit.held) clear(); });
  // The lines break elsewhere then; a phone's bars that come and go change the height alone
  var width = innerWidth;
  addEventListener("resize", function () {
    if (innerWidth !== width) clear();
    width = innerWidth;
  });
  addEventListener("beforeprint", clear);

  // The keyboard: word by word through the row, or to the counterpart with the other language
  function words(row, code) {
    var found = new Map();
    links(row).forEach(function (link) { found.set(link[code][0], link[code]); });
    return Array.from(found.values()).sort(function (a, b) { return a[0] - b[0]; });
  }
  function currentRow() {
    var row = document.querySelector(".row.now");
    if (row) return row.dataset.words ? row : null;
    return Array.prototype.find.call(document.querySelectorAll("[data-words]"), function (one) {
      return one.getClientRects().length && one.getBoundingClientRect().bottom > 80;
    });
  }
  function step(by) {
    var row = currentRow();
    if (!row) return;
    var focused = document.activeElement && document.activeElement.closest(".side");
    var code = lit && lit.row === row ? lit.code : focused && focused.classList.contains("en") ? "en" : "zh";
    if (!row.contains(document.activeElement)) row.focus({ preventScroll: true });
    var found = words(row, code), at = -1;
    if (lit && lit.row === row) at = found.findIndex(function (span) { return span[0] === lit.span[0]; });
    var next = at < 0 ? (by > 0 ? 0 : found.length - 1) : (at + by + found.length) % found.length;
    light(row, code, found[next], true);
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select") || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") { clear(); return; }
    if (event.key !== "w" && event.key !== "W") return;
    if (shown && !shown.checked) shown.click();
    step(event.key === "w" ? 1 : -1);
    event.preventDefault();
  });
  document.addEventListener("focusin", function (event) {
    if (!lit || !lit.held) return;
    var side = event.target.closest(".side");
    if (!lit.row.contains(event.target)) clear();
    else if (side && !side.classList.contains(lit.code)) light(lit.row, other(lit.code), lit.best[other(lit.code)], true);
  });
})();
