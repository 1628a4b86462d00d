addEventListener("load", function () {
var form = document.forms[0];
function typed(field) { return /_number$/.test(field.name); }
function taps(number) { return form.elements[number.name.replace("_number", "")]; }
function ask() {
Array.prototype.filter.call(form.elements, typed).forEach(function (number) {
number.required = !Array.prototype.some.call(taps(number), function (tapped) { return tapped.checked; });
number.setCustomValidity("");
if (!number.validity.valid) number.setCustomValidity(number.getAttribute("data-wrong"));
});
}
// In a large group one taps or types: what was done last counts, and the other is emptied.
form.oninput = form.onchange = function (event) {
var field = event.target, number = form.elements[field.name + "_number"];
if (number) number.value = "";
else if (typed(field) && (field.value || field.validity.badInput))
Array.prototype.forEach.call(taps(field), function (tapped) { tapped.checked = false; });
ask();
};
ask();
});
