"""Word lists of the rules, one TOML file a language and purpose."""
