"""What this app plugs into core: permissions, navigation, search, panels."""
