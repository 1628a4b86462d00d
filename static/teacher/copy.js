// Without this script the text is copied by hand.
Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), function (button) {
  "use strict";
  button.hidden = false;
  button.onclick = function () {
    document.getElementById(button.getAttribute("data-copy")).select();
    // The clipboard of newer browsers is not there on a plain http address of a school's network.
    if (document.execCommand("copy")) button.textContent = button.getAttribute("data-done");
  };
});
