"""What uploaded files tell of people, places and devices, and how it is taken out before they are stored. Who may
see a file, and how it is shown, is in `core.media`."""
