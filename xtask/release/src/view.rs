//! The first view: the start page as HTML in `index.html`, in each language, drawn by Yew. `src/first.js` shows it.

use std::fs;
use std::path::Path;

use cmg_entra_setup::ui::shell::opening::{Opening, OpeningProps};
use cmg_entra_setup::ui::shell::site::SiteConfig;
use domain::config::Config;
use domain::locale::Locale;
use yew::LocalServerRenderer;
use yew::prelude::{Html, Properties, component, html};

use crate::parts::languages;
use crate::stamp::PAGE;

/// The line in `index.html` that the build replaces.
const PLACEHOLDER: &str = "<!-- first views -->\n";

/// Settings such as those of the demo (`src/demo.rs`): with client IDs.
const DEMO: &str = r#"{"clients":{"public":"00000000-0000-4000-8000-000000000001"}}"#;

/// Writes the first views into the page in `folder`, and leaves out its comments.
pub(crate) fn publish(folder: &Path, is_demo: bool) -> Result<(), String> {
    let file = folder.join(PAGE);
    let error = |error: std::io::Error| format!("{}: {error}", file.display());
    let page = fs::read_to_string(&file).map_err(error)?;
    let page = insert(&page, &languages(), is_demo)?;
    fs::write(&file, page).map_err(error)
}

fn insert(page: &str, languages: &[Locale], is_demo: bool) -> Result<String, String> {
    let (before, after) = page
        .split_once(PLACEHOLDER)
        .ok_or_else(|| format!("{PAGE} must contain the line {PLACEHOLDER:?}"))?;
    let mut text = without_comments(before)?;
    for locale in languages {
        text.push_str(&template(*locale, is_demo)?);
        text.push('\n');
    }
    text.push_str(&without_comments(after)?);
    Ok(text)
}

/// The first view in a language, as an element that the browser does not show.
fn template(locale: Locale, is_demo: bool) -> Result<String, String> {
    let (tag, direction) = (locale.tag(), locale.direction());
    let loading = locale
        .part_loading()
        .replace('&', "&amp;")
        .replace('"', "&quot;");
    let demo = if is_demo { " data-demo" } else { "" };
    let view = draw(locale, is_demo)?;
    let panel = if is_demo {
        panel(locale)
    } else {
        String::new()
    };
    Ok(format!(
        "<template lang=\"{tag}\" dir=\"{direction}\" data-loading=\"{loading}\"{demo}>{panel}{view}</template>"
    ))
}

/// What the program draws first.
fn draw(locale: Locale, is_demo: bool) -> Result<String, String> {
    let mut props = OpeningProps::first(locale);
    if is_demo {
        let config = Config::parse(DEMO.as_bytes()).map_err(|error| format!("{error:?}"))?;
        props.is_demo = true;
        props.site = SiteConfig::Ready(config);
    }
    // Yew's marks of the component are left out: the program adds them when it takes over.
    let renderer = LocalServerRenderer::<Opening>::with_props(props).hydratable(false);
    Ok(futures_executor::block_on(renderer.render()))
}

#[derive(PartialEq, Properties)]
struct PanelProps {
    locale: Locale,
}

/// The folded panel of the demo (`src/demo.rs`), so that the page does not move when it comes.
#[component]
fn Panel(props: &PanelProps) -> Html {
    let title = props.locale.demo_panel();
    html! {
        <div>
            <section class="panel no-print" aria-label={title}>
                <details class="fold">
                    <summary>{ title }</summary>
                </details>
            </section>
        </div>
    }
}

fn panel(locale: Locale) -> String {
    let renderer = LocalServerRenderer::<Panel>::with_props(PanelProps { locale });
    futures_executor::block_on(renderer.hydratable(false).render())
}

/// The comments of the page are for its authors, and weigh as much as a style sheet.
fn without_comments(page: &str) -> Result<String, String> {
    let mut pieces = page.split("<!--");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (_, after) = piece
            .split_once("-->")
            .ok_or_else(|| format!("{PAGE} has a comment without an end"))?;
        text.push_str(after);
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    Ok(lines.map(|line| format!("{line}\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "<head>\n  <!-- a\n b -->\n\n  <title>A</title>\n</head>\n  <!-- first views -->\n  <div id=\"app\">\n  </div>\n";

    #[test]
    fn each_language_has_its_first_view_and_comments_are_left_out() {
        let languages = [Locale::En, Locale::De, Locale::PseudoRtl];
        let page = insert(SOURCE, &languages, false).unwrap();
        assert!(
            page.starts_with("<head>\n  <title>A</title>\n</head>\n<template"),
            "{page}"
        );
        assert!(
            page.ends_with("</template>\n  <div id=\"app\">\n  </div>\n"),
            "{page}"
        );
        assert!(!page.contains("<!--"));
        assert_eq!(page.matches("<template ").count(), 3);
        for locale in languages {
            let start = format!(
                "<template lang=\"{}\" dir=\"{}\" data-loading=\"{}\">",
                locale.tag(),
                locale.direction(),
                locale.part_loading(),
            );
            let (_, rest) = page.split_once(&start).unwrap();
            let (view, _) = rest.split_once("</template>").unwrap();
            assert!(view.contains(&format!("tabindex=\"-1\">{}</h1>", locale.start_title())));
            assert!(view.contains(locale.start_promise_direct()));
        }
    }

    #[test]
    fn the_demo_has_a_first_view_of_its_own() {
        let (page, demo) = (
            draw(Locale::En, false).unwrap(),
            draw(Locale::En, true).unwrap(),
        );
        assert!(!page.contains(Locale::En.frame_demo()));
        assert!(demo.contains(Locale::En.frame_demo()));
        // The demo has a client ID.
        let title = Locale::En.azure_service_no_client();
        assert!(page.contains(title) && !demo.contains(title));
        let demo = template(Locale::En, true).unwrap();
        assert!(
            demo.contains(" data-demo><div><section aria-label="),
            "{demo}"
        );
    }

    #[test]
    fn nothing_of_a_visitor_is_in_the_first_view() {
        for locale in Locale::ALL {
            let view = draw(locale, false).unwrap();
            assert!(
                !view.contains("print-head") && !view.contains("1970"),
                "{view}"
            );
        }
    }

    #[test]
    fn a_page_without_a_place_or_with_an_open_comment_is_refused() {
        for page in ["<body>", "<body><!-- first views -->\n<!-- a"] {
            assert!(insert(page, &languages(), false).is_err(), "{page}");
        }
    }
}
