// A dispatch from JavaScript, by GObject introspection.  usage: gjs gjs.js DISPATCH PDF
imports.gi.versions.Diglot = '1';
const {Diglot, GLib} = imports.gi;

const [dispatch, pdf] = ARGV;
const options = Diglot.Options.new();
options.set('template', 'book');

const converter = Diglot.Converter.new(options);
const [, text] = GLib.file_get_contents(dispatch);
const result = Diglot.convert(converter, new GLib.Bytes(text), GLib.path_get_basename(dispatch), Diglot.Format.PDF);

for (const message of result.messages())
    printerr(`${dispatch}:${message.line}: ${message.text} [${message.code}]`);
if (result.worst() < Diglot.Severity.ERROR)
    GLib.file_set_contents(pdf, result.bytes().get_data());
