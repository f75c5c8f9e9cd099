//! The matrix of subscriptions and providers as a CSV file (RFC 4180), for a spreadsheet.
//!
//! The file starts with a byte order mark: without one, Excel reads UTF-8 in the code page of the computer. `Import-Csv` and the `utf-8-sig`
//! codec of Python skip it.

use crate::export::quote::csv_cell;
use domain::confusables::escaped;

/// File name of the matrix.
pub const MATRIX_FILE: &str = "resource-providers.csv";

/// One subscription with one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRow {
    /// ID of the subscription.
    pub subscription_id: String,
    /// Display name of the subscription, as its owner wrote it.
    pub subscription_name: String,
    /// State of the subscription, in Azure's words.
    pub state: String,
    /// ID of the subscription's own tenant.
    pub tenant: String,
    /// Display name or ID of its management group; empty if it is not known.
    pub management_group: String,
    /// Namespace of the provider.
    pub namespace: String,
    /// Registration state, in Azure's words; empty if it is not known.
    pub registration_state: String,
    /// Whether the account may register the provider; empty if it is not known.
    pub may_register: String,
}

const COLUMNS: &str = "subscriptionId,subscriptionName,state,tenant,managementGroup,namespace,registrationState,mayRegister";

/// The file: a header, then one record for each row. Misleading characters in names become code points.
#[must_use]
pub fn csv(rows: &[MatrixRow]) -> String {
    let mut text = format!("\u{feff}{COLUMNS}\r\n");
    for row in rows {
        let cells = [
            &row.subscription_id,
            &row.subscription_name,
            &row.state,
            &row.tenant,
            &row.management_group,
            &row.namespace,
            &row.registration_state,
            &row.may_register,
        ];
        let cells: Vec<String> = cells.iter().map(|it| csv_cell(&escaped(it))).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str) -> MatrixRow {
        MatrixRow {
            subscription_id: "5e97358c-d99c-4558-af0c-de7774091dda".to_owned(),
            subscription_name: name.to_owned(),
            state: "Enabled".to_owned(),
            tenant: "72f988bf-86f1-41af-91ab-2d7cd011db47".to_owned(),
            management_group: "@Platform".to_owned(),
            namespace: "Microsoft.Compute".to_owned(),
            registration_state: String::new(),
            may_register: "yes".to_owned(),
        }
    }

    #[test]
    fn there_is_a_header_without_rows() {
        let header = csv(&[]);
        assert!(header.starts_with("\u{feff}subscriptionId,subscriptionName,"));
        assert!(header.ends_with(",mayRegister\r\n"));
    }

    #[test]
    fn each_row_is_one_line_with_the_columns_in_order() {
        let text = csv(&[row("Contoso, \"Süd\""), row("=1+1\r\n\u{202e}x")]);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(
            lines[1],
            "5e97358c-d99c-4558-af0c-de7774091dda,\"Contoso, \"\"Süd\"\"\",Enabled,\
             72f988bf-86f1-41af-91ab-2d7cd011db47,'@Platform,Microsoft.Compute,,yes"
        );
        assert!(lines[2].contains(",'=1+1[U+000D][U+000A][U+202E]x,Enabled,"));
        assert_eq!(lines[3], "");
        assert_eq!(COLUMNS.split(',').count(), 8);
    }
}
