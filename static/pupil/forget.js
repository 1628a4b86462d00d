// A browser may keep a page as it was left and show it on Back: leave no answer on it.
addEventListener("pagehide", function () { document.forms[0].reset(); });
addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
