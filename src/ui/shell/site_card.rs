//! Name, notice, links and logo of the site owner. Styled apart, because they are not statements of this page.

use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::text;
use crate::ui::components::text::foreign;
use crate::ui::components::value::essentials;
use crate::ui::shell::site::SiteConfig;
use crate::ui::shell::site::beside;
use domain::config::organization::SiteLink;
use domain::locale::Locale;

/// The logo stands beside the product name and never replaces it. In an image element, scripts of an SVG do not run.
pub fn logo(t: Locale, home: &str, site: &SiteConfig) -> Option<Html> {
    let config = site.config()?;
    let file = config.logo.as_ref()?.as_str();
    let name = config.organization.name.as_deref();
    let picture = el("img")
        .attr_value("src", &beside(home, file))
        .attr_value("alt", name.unwrap_or(t.host_logo()))
        .class("host-logo");
    Some(picture.html())
}

/// Name, notice and links of the site owner.
pub fn card(t: Locale, site: &SiteConfig) -> Html {
    let Some(config) = site.config() else {
        return Html::default();
    };
    let organization = &config.organization;
    if organization.is_empty() {
        return Html::default();
    }
    let links = [
        (t.host_contact(), &organization.contact),
        (t.host_help(), &organization.help),
    ];
    let links: Vec<(&str, Html)> = links
        .into_iter()
        .filter_map(|(label, link)| Some((label, shown(link.as_ref()?))))
        .collect();
    el("section")
        .attr("aria-labelledby", "host")
        .class("host")
        .child(el("h2").attr("id", "host").text(t.host_title()))
        .node_some(
            organization
                .name
                .as_deref()
                .map(|name| el("p").class("host-name").node(foreign(name)).html()),
        )
        .node_some(
            organization
                .notice
                .as_deref()
                .map(|notice| el("p").class("text-width").node(foreign(notice)).html()),
        )
        .node_some((!links.is_empty()).then(|| essentials(links)))
        .html()
}

/// A link whose text is its full URL, so that the target is visible.
fn shown(link: &SiteLink) -> Html {
    let address = link.as_str();
    let mail = address.strip_prefix("mailto:");
    el("a")
        .attr_value("href", address)
        .attr_some("target", mail.is_none().then_some("_blank"))
        .attr("rel", "noopener noreferrer")
        .attr("translate", "no")
        .node(text(mail.unwrap_or(address)))
        .html()
}
