(function () {
  "use strict";
  var form = document.getElementById("search-form");
  var field = document.getElementById("query");
  var status = document.getElementById("search-status");
  var list = document.getElementById("search-results");
  var PAGE = 20; // hits
  var LONGEST = 200; // words of a hit's text
  var BEFORE = 40; // words kept before what was found
  if (location.protocol === "file:") {
    document.getElementById("search-from-disk").hidden = false;
    form.hidden = true;
    return;
  }
  var engine = null;
  function load() {
    if (!engine) {
      var base = new URL(form.dataset.index + "/", location.href).href;
      engine = import(base + "pagefind.js").then(function (pagefind) {
        // The same index once more, in its Chinese part: so both languages answer one question.
        return pagefind.mergeIndex(base, { language: "zh" }).then(function () { return pagefind; });
      });
      engine.catch(function () { engine = null; });
    }
    return engine;
  }

  function element(name, text, lang) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (lang) made.lang = lang;
    return made;
  }

  // A hit's text, whole or cut around what was found, with an ellipsis at each cut. Pagefind's own excerpt keeps
  // to thirty words, whatever it is told, and hides its cuts. Its words are parted by zero-width spaces in Chinese,
  // by white space elsewhere; `locations` counts them.
  function excerpt(data, lang) {
    var made = element("p", "", lang);
    var glue = data.raw_content.includes("\u200b") ? "" : " ";
    var words = data.raw_content.replace(/&lt;/g, "<").replace(/&gt;/g, ">").split(glue ? /\s+/ : "\u200b");
    var found = new Set(data.locations);
    var first = Math.min.apply(null, data.locations.concat(words.length));
    var start = words.length > LONGEST ? Math.max(0, Math.min(first - BEFORE, words.length - LONGEST)) : 0;
    var end = Math.min(start + LONGEST, words.length);
    if (start) made.append("…" + glue);
    for (var at = start; at < end; at++) {
      if (at > start && glue) made.append(glue);
      var word = words[at].trimEnd();
      made.append(found.has(at) && word ? element("mark", word) : word, words[at].slice(word.length));
    }
    if (end < words.length) made.append(glue + "…");
    made.normalize();
    return made;
  }

  // What is shown with a hit lies beside the index, by the number that the hit's address ends in
  var chunks = {};
  function row(data) {
    var number = parseInt(data.url.match(/(\d+)\.html/)[1], 10);
    var size = parseInt(form.dataset.chunk, 10);
    var chunk = Math.floor(number / size);
    if (!chunks[chunk]) {
      chunks[chunk] = fetch(form.dataset.rows + "/" + chunk + ".json").then(function (answer) { return answer.json(); });
    }
    return chunks[chunk].then(function (rows) {
      var one = rows[number % size];
      return { data: data, to: one[0], tag: one[1], title: one[2], other: one[3], otherTag: one[4], piece: one[5] };
    });
  }

  function item(hit) {
    var made = element("li");
    var found = excerpt(hit.data, hit.tag);
    found.className = "hit";
    made.appendChild(found);
    if (hit.other) {
      var other = element("p", hit.other, hit.otherTag);
      other.className = "counterpart";
      made.appendChild(other);
    }
    var link = element("a", "", "");
    link.href = hit.to;
    link.className = "from";
    link.appendChild(element("span", hit.title, hit.tag));
    made.appendChild(link);
    return made;
  }

  var asked = 0;
  function show(results, start, seen, ticket) {
    var slice = results.slice(start, start + PAGE);
    return Promise.all(slice.map(function (result) { return result.data().then(row); })).then(function (found) {
      if (ticket !== asked) return;
      var more = document.getElementById("search-more");
      if (more) more.remove();
      found.forEach(function (hit) {
        // A sentence written alike in both scripts is found on both pages: one is enough.
        var key = hit.piece + "#" + hit.to.split("#")[1];
        if (seen.has(key)) return;
        seen.add(key);
        list.appendChild(item(hit));
      });
      if (start + PAGE < results.length) {
        var button = element("button", "More");
        button.id = "search-more";
        button.type = "button";
        button.addEventListener("click", function () { show(results, start + PAGE, seen, ticket); });
        list.after(button);
      }
    });
  }

  function ask(query) {
    asked += 1;
    var ticket = asked;
    list.textContent = "";
    var more = document.getElementById("search-more");
    if (more) more.remove();
    if (!query.trim()) { status.textContent = ""; return; }
    status.textContent = "Searching …";
    load().then(function (pagefind) { return pagefind.search(query); }).then(function (answer) {
      if (ticket !== asked) return null;
      var seen = new Set();
      return show(answer.results, 0, seen, ticket).then(function () {
        if (ticket !== asked) return;
        var number = answer.results.length;
        status.textContent = !number ? "Nothing found for “" + query + "”."
          : number > PAGE ? "The first of " + number + " hits" : seen.size + (seen.size === 1 ? " hit" : " hits");
      });
    }).catch(function () {
      if (ticket === asked) status.textContent = "The search index could not be read.";
    });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(field.value));
    ask(field.value);
  });
  var waiting = 0;
  field.addEventListener("input", function (event) {
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(function () { ask(field.value); }, 250);
  });
  var given = new URLSearchParams(location.search).get("q");
  if (given) { field.value = given; ask(given); }
})();
