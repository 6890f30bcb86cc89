"""The table of what each list shows to the readers of each language (`campaigns.models.listing`): which rows it
must have, writing them after changes, reading them. Drawing what was read does not belong here."""
