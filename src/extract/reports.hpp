#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <variant>
#include <vector>

#include "base/rejects.hpp"
#include "model/document.hpp"

namespace kharita::extract {

/// Bytes of the longest text that is taken for one report: a book's. The time to read one grows faster than
/// its length, and what is longer is many reports in one, or no report.
inline constexpr std::size_t largest_text = std::size_t{1} << 20U;

/// What plain text and HTML files do not say of themselves.
struct ReportDefaults {
    std::string source;
    std::optional<Date> published; ///< used where neither the record nor the file's name gives a day
};

/// One report, or what stands in its place and why it cannot be read.
using ReportOrReject = std::variant<Report, Reject>;

/// Reads reports one by one, in the order of the inputs; never fails as a whole: what cannot be read is
/// handed out as a Reject and the rest follows.
///
/// Inputs are files, directories (walked in order of name; hidden files left out, files of other kinds named
/// in a warning) and "-", standard input. The form is told by the name, else by the first character:
/// - JSON Lines (.jsonl, .ndjson, .json; or it begins with `{`): an object a line with `text`
///   (or `html`) and, all optional, `id`, `source`, `url`, `title`, `published` (YYYY-MM-DD), `lang`. Other
///   keys are carried through, those that an annotation writes itself excepted.
/// - HTML (.html, .htm; or it begins with `<`): one report a file, its title the `<title>`.
/// - Plain text (anything else): one report a file.
/// All of them may be packed by gzip (.gz). A name that is no UTF-8 is refused, and so is a text beyond
/// largest_text or with a zero byte. For the last two forms, `id` is the file's name without extension, and a
/// name that begins with YYYY-MM-DD gives the day of publication.
///
/// A report without `id`, `source` and `url` gets the id "FILE:LINE" (FILE without its folders), so that what
/// is read from it says where it comes from; a text on standard input gets "standard input". A file of lines
/// that begins with an array or object of several lines is one reject, not one for each of its lines.
class ReportReader {
public:
    ReportReader(std::vector<std::filesystem::path> inputs, ReportDefaults defaults);
    ReportReader(ReportReader&&) noexcept;
    ReportReader& operator=(ReportReader&&) noexcept;
    ReportReader(ReportReader const&) = delete;
    ReportReader& operator=(ReportReader const&) = delete;
    ~ReportReader();

    /// The next report or reject; nothing when all inputs are read.
    std::optional<ReportOrReject> next();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// What a directory holds for a ReportReader, subdirectories included, hidden files left out; in order of
/// name.
struct ReportFiles {
    std::vector<std::filesystem::path> reports;
    std::vector<std::filesystem::path> others; ///< files of kinds that are not read
    std::error_code error;                     ///< why the walk ended early
};
ReportFiles list_report_files(std::filesystem::path const& folder);

/// "ar" where a text has more Arabic letters than Latin ones, "en" where fewer; empty where it has neither.
std::string guess_language(std::string_view utf8);

} // namespace kharita::extract
