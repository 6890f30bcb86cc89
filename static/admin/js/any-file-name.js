// The upload of several images would refuse a picture by its name. The site looks at what is in it, and answers in
// words. This stands before Wagtail's script, which reads the attribute when the page is ready.
$(() => $("#fileupload").removeAttr("data-accept-file-types"));
