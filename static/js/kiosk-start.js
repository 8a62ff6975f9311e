// Before the screens of the tablet are drawn: hides the whole form, and shows it if the rest never comes.
document.documentElement.dataset.starting = "";
window.setTimeout(() => { delete document.documentElement.dataset.starting; }, 3000);
