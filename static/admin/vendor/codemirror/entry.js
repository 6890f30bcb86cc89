export { EditorState } from "@codemirror/state";
export { Decoration, EditorView, MatchDecorator, ViewPlugin, WidgetType, keymap } from "@codemirror/view";
export { history, historyKeymap, standardKeymap } from "@codemirror/commands";
