addEventListener("load", function () {
var form = document.forms[0], note = document.querySelector("[data-later]"), pauses = [1, 2, 4];
// A browser may keep a page as it was left and show it on Back: leave no answer on it.
addEventListener("pagehide", function () { form.reset(); });
addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
// The same ballot is sent until it is answered; the server counts it once.
function send(body) {
var request = new XMLHttpRequest();
function later() {
note.textContent = note.getAttribute("data-later");
setTimeout(function () { send(body); }, 1000 * (pauses.shift() || 5));
}
request.open("POST", "/s");
request.timeout = 15000;
request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
request.onload = function () {
if (request.status > 501) later();
else if (request.status < 300) location.replace("/s");
else form.submit();
};
request.onerror = request.ontimeout = later;
request.send(body);
}
function typed(field) { return /_number$/.test(field.name); }
form.onsubmit = function (event) {
event.preventDefault();
form.querySelector("button").disabled = true;
// Padded to one length: who watches the network must not read the answer off the size of the request.
var room = 256;
send(Array.prototype.filter.call(form.elements, function (field) {
return field.type === "hidden" || field.checked || typed(field) && field.value;
}).map(function (field) {
// A number is sent, not its spelling: "0012" and "1e1" would be refused.
var said = field.name + "=" + encodeURIComponent(typed(field) ? +field.value : field.value) + "&";
if (field.type !== "hidden") room -= said.length;
return said;
}).join("") + "pad=" + Array(room + 1).join("x"));
};
});
