use super::*;

fn parse(text: &str) -> (Config, Vec<String>) {
    let (config, faults) = Config::parse(text, Path::new("config.yaml"));
    (config, faults.iter().map(ConfigFault::to_string).collect())
}

#[test]
fn the_template_says_nothing_and_its_settings_are_the_defaults() {
    assert_eq!(parse(Config::template()), (Config::default(), vec![]));
    let set: String = Config::template()
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(setting) if !setting.starts_with(' ') || setting.starts_with("  ") => format!("{setting}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let (config, faults) = parse(&set);
    assert_eq!(faults, Vec::<String>::new(), "{set}");
    let expected = Config {
        annotator: Some("ada".into()),
        notebook: config.notebook.clone(),
        keys: config.keys.clone(),
        ..Config::default()
    };
    assert_eq!(config, expected);
    assert_eq!(config.keys.len(), 3);
    assert_eq!(
        config.keys[2],
        KeySetting { line: config.keys[2].line, mode: "reading".into(), key: "ctrl-p".into(), action: None }
    );
}

#[test]
fn every_setting_is_read() {
    let text = "annotator: '@Ada L.'\nnotebook: /notes\nmeasure: 60\ntheme: light\nreading-speed: 300\nmotion: no\nmouse: false\n\
                timecodes: off\nkeys:\n  reading:\n    J: next-turn\n";
    let (config, faults) = parse(text);
    assert_eq!(faults, Vec::<String>::new());
    let key = KeySetting { mode: "reading".into(), key: "J".into(), action: Some("next-turn".into()), line: 11 };
    assert_eq!(
        config,
        Config {
            annotator: Some("Ada L.".into()),
            notebook: Some("/notes".into()),
            measure: 60,
            theme: Theme::Light,
            reading_speed: 300,
            motion: false,
            mouse: false,
            timecodes: false,
            keys: vec![key],
        }
    );
}

#[test]
fn a_fault_costs_one_setting_and_names_its_line() {
    let (config, faults) = parse("measure: wide\n# no\ntheme: light\nmouse: 7\nmeasures: 3\nreading-speed: 99999\n");
    assert_eq!(config, Config { theme: Theme::Light, ..Config::default() });
    assert_eq!(
        faults,
        [
            "config.yaml:1: `measure` must be a number from 20 to 200; it has its default",
            "config.yaml:4: `mouse` must be true or false; it has its default",
            "config.yaml:5: there is no setting `measures`; there are annotator, notebook, measure, theme, reading-speed, \
         motion, mouse, timecodes, keys",
            "config.yaml:6: `reading-speed` must be a number from 50 to 2000; it has its default",
        ]
    );
}

#[test]
fn a_fault_among_keys_names_its_line() {
    let (config, faults) =
        parse("keys:\n  reading:\n    J: [a]\n    \"K\": previous-turn\n  notes: 3\n  # x\n  outline: {j: down}\n");
    assert_eq!(config.keys.iter().map(|key| (key.key.as_str(), key.line)).collect::<Vec<_>>(), [("K", 4), ("j", 7)]);
    assert_eq!(faults.len(), 2);
    assert!(faults[0].starts_with("config.yaml:3: `J`"), "{faults:?}");
    assert!(faults[1].starts_with("config.yaml:5: `keys: notes`"), "{faults:?}");
}

#[test]
fn what_is_no_yaml_leaves_the_defaults() {
    let (config, faults) = parse("theme: light\nmeasure: [\n");
    assert_eq!(config, Config::default());
    assert!(faults.len() == 1 && faults[0].starts_with("config.yaml:") && faults[0].contains("not YAML"), "{faults:?}");
    let (config, faults) = parse("- a\n- b\n");
    assert_eq!((config, faults.len()), (Config::default(), 1));
    let (_, faults) = parse("theme: light\ntheme: dark\n");
    assert!(faults[0].contains("duplicate"), "{faults:?}");
}

#[test]
fn paths_and_names_that_could_go_astray_are_refused() {
    for text in ["notebook: notes", "annotator: a/b", "annotator: ..", "annotator: ''", "notebook: 3"] {
        let (config, faults) = parse(text);
        assert_eq!((config, faults.len()), (Config::default(), 1), "{text}");
    }
}

#[test]
fn a_missing_file_is_no_fault_and_a_folder_is() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Config::load_from(&folder.path().join("config.yaml")), (Config::default(), vec![]));
    let (config, faults) = Config::load_from(folder.path());
    assert_eq!((config, faults.len(), faults[0].line), (Config::default(), 1, 0));
}
