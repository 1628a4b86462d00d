// The board works without this script: steps are links, the count is read by reloading.
(function () {
  "use strict";
  var body = document.body;

  // One key press a step: what a keyboard or a clicker sends goes to the main link of the visible step.
  var forward = [" ", "Spacebar", "ArrowRight", "Right", "ArrowDown", "Down", "PageDown"];
  var backward = ["ArrowLeft", "Left", "ArrowUp", "Up", "PageUp"];
  function visible(selector) {
    return Array.prototype.filter.call(document.querySelectorAll(selector), function (element) {
      return element.offsetParent !== null;
    })[0];
  }
  document.addEventListener("keydown", function (event) {
    if (body.className === "covered") return;
    if (event.altKey || event.ctrlKey || event.metaKey || ownUse(event)) return;
    var selector = forward.indexOf(event.key) >= 0 ? "[data-forward]" : backward.indexOf(event.key) >= 0 ? "[data-back]" : null;
    var link = selector && visible(selector);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
  // A field takes every key for itself; a button and a menu only the one that presses them.
  function ownUse(event) {
    var tag = event.target.tagName;
    return /^(INPUT|SELECT|TEXTAREA)$/.test(tag) || /^(BUTTON|SUMMARY)$/.test(tag) && /^(Spacebar| )$/.test(event.key);
  }

  // An open menu would cover the figures: it closes by Escape, by a press beside it and on the way to another step.
  function closeMenus(but) {
    Array.prototype.forEach.call(document.querySelectorAll("details[open]"), function (menu) {
      if (!but || !menu.contains(but)) menu.open = false;
    });
  }
  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && visible("details[open]");
    if (!menu) return;
    closeMenus();
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", function (event) { closeMenus(event.target.hash ? null : event.target); });
  window.addEventListener("hashchange", function () {
    closeMenus();
    var heading = visible(".step h1");
    if (!heading) return;
    window.scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  });

  // What the class should not look at just now is covered, by the key that a clicker's black button sends.
  function cover() { body.className = body.className === "covered" ? "" : "covered"; }
  document.addEventListener("keydown", function (event) {
    if (body.className === "covered" || /^[bB.]$/.test(event.key) && event.target.tagName !== "INPUT") cover();
  });
  document.addEventListener("click", function (event) {
    if (body.className === "covered") return cover();
    // The second press of a double click would be a step that the class never saw.
    if (event.detail > 1 && event.target.hasAttribute("data-forward")) return event.preventDefault();
    if (event.target.hasAttribute("data-cover")) cover();
    if (event.target.hasAttribute("data-return")) { event.preventDefault(); history.back(); }
    if (event.target.hasAttribute("data-timer")) time(event.target);
  });
  Array.prototype.forEach.call(document.querySelectorAll("[data-cover],[data-timer]"), function (button) {
    button.hidden = false;
  });

  // A quiet timer: it says how long is left and, in the end, that the time is over. No sound and no colour.
  function time(button) {
    var end = Date.now() + 60000 * button.getAttribute("data-timer");
    button.disabled = true;
    (function tick() {
      var left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      button.textContent = left ? Math.floor(left / 60) + ":" + ("0" + left % 60).slice(-2) : button.getAttribute("data-over");
      if (left) setTimeout(tick, 1000);
    })();
  }

  // A button pressed without a connection leaves the board as it is; pressed again, it goes on from there.
  var lost = document.querySelector(".lost"), sending = null;
  document.addEventListener("submit", function (event) {
    var form = event.target, request = new XMLHttpRequest();
    event.preventDefault();
    if (form === sending) return;
    sending = form;
    request.open("POST", form.action);
    request.timeout = 15000;
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.onload = function () {
      if (request.status === 502 || request.status === 504) return gone();
      if (request.status < 400) return location.assign(request.responseURL || location.pathname);
      // The press before this one may have been heard, and only its answer lost: see where the lesson is.
      if (!lost.hidden) return location.reload();
      // So may another teacher's, on the same link: where the lesson has moved on, the board shows where to.
      if (request.status === 409) return ask(function () { form.submit(); });
      form.submit();
    };
    request.onerror = request.ontimeout = gone;
    request.send(Array.prototype.filter.call(form.elements, function (field) { return field.name; }).map(function (field) {
      return field.name + "=" + encodeURIComponent(field.value);
    }).join("&"));
  });
  function gone() {
    lost.hidden = false;
    sending = null;
  }
  // A page that the browser kept for Back is as fresh as a new one.
  window.addEventListener("pageshow", function () { sending = null; });

  // The count: asked for while the page is seen, with the last ETag, since nothing here may be kept by the browser.
  var every = 3000, etag = null;
  function show(state) {
    var now = [state.state, state.poll.theme, state.poll.state, state.code || ""].join(" ");
    if (now !== body.getAttribute("data-now")) {
      location.reload();
      return true;
    }
    ["seats", "ballots"].forEach(function (name) {
      Array.prototype.forEach.call(document.querySelectorAll("[data-" + name + "]"), function (element) {
        element.textContent = state[name];
      });
    });
    hide("[data-one]", state.seats !== 1);
    hide("[data-many]", state.seats === 1);
    hide("[data-some]", state.seats < 2);
    hide("[data-few]", state.seats < 1 || state.seats >= 10);
    hide("[data-missing]", state.ballots >= state.seats);
    hide("[data-complete]", state.ballots < state.seats);
    hide("[data-under]", state.ballots >= 10);
    hide("[data-unanswered]", state.ballots > 0);
    return false;
  }
  function hide(selector, hidden) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), function (element) { element.hidden = hidden; });
  }
  // `stays` is done where the lesson is where this board shows it.
  function ask(stays) {
    var request = new XMLHttpRequest();
    request.open("GET", body.getAttribute("data-state"));
    request.timeout = 10000;
    if (etag) request.setRequestHeader("If-None-Match", etag);
    request.onload = function () {
      if (request.status >= 500) return gone();
      lost.hidden = true;
      if (request.status === 200) {
        etag = request.getResponseHeader("ETag");
        if (show(JSON.parse(request.responseText))) return;
      }
      if (stays) stays();
    };
    request.onerror = request.ontimeout = gone;
    request.send();
  }
  function look() { if (!document.hidden) ask(); }
  if (document.querySelector("[data-live]")) {
    setInterval(look, every);
    document.addEventListener("visibilitychange", look);
  }
})();
