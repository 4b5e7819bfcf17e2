// The square on a sign-in sheet carries NRP and code behind the "#", which never leaves the phone: put them into the form.
export function read(hash) {
  const [nrp, code] = decodeURIComponent(hash.slice(1)).split(".");
  return /^\d{8}$/.test(nrp ?? "") && code ? { nrp, code } : null;
}

export function fill(form, hash) {
  const given = read(hash);
  if (!given) return false;
  form.elements.nrp.value = given.nrp;
  form.elements.code.value = given.code;
  form.elements.password1.focus();
  return true;
}

const form = document.querySelector("form[data-sheet]");
if (form && fill(form, location.hash)) history.replaceState(null, "", location.pathname);
