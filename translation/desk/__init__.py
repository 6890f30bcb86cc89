"""The translator's desk: all strings of an object and of what belongs to it on one screen, with saving by itself,
what changed in the source, history and a preview. Texts are stored as wagtail-localize's editor stores them, so
that both can be used in turn."""
