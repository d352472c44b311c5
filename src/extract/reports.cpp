#include "extract/reports.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <utility>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/line_reader.hpp"
#include "base/log.hpp"
#include "extract/html_text.hpp"
#include "extract/json_fields.hpp"
#include "text/utf8.hpp"

namespace kharita::extract {

namespace fs = std::filesystem;

namespace {

// What a report may say of itself, and what an annotation of it writes anew.
constexpr std::array<std::string_view, 15> known_keys{"id",       "source", "url",    "title",  "published",
                                                      "lang",     "text",   "html",   "schema", "gazetteer",
                                                      "mentions", "groups", "events", "zones",  "doc_id"};

enum class Form { json_lines, html, plain, unknown };

/// A file of a page or a text that is larger than that is not read.
constexpr std::size_t largest_file = std::size_t{1} << 30U;

/// The file's own name, without ".gz".
fs::path unpacked_name(fs::path const& file) {
    fs::path const name = file.filename();
    return name.extension() == ".gz" ? name.stem() : name;
}

Form form_of_name(fs::path const& file) {
    std::string const extension = unpacked_name(file).extension().string();
    if (extension == ".jsonl" || extension == ".ndjson" || extension == ".json") {
        return Form::json_lines;
    }
    if (extension == ".html" || extension == ".htm") {
        return Form::html;
    }
    return extension == ".txt" || extension == ".text" ? Form::plain : Form::unknown;
}

std::string_view without_bom(std::string_view text) {
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

Form form_of_content(std::string_view content) {
    std::size_t const first = content.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return Form::plain;
    }
    return content[first] == '{' ? Form::json_lines : content[first] == '<' ? Form::html : Form::plain;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Whether a line that is no JSON is the first of an array, or of an object laid out over several lines.
bool begins_value_of_lines(std::string_view line) {
    std::string_view const words = without_bom(line);
    std::size_t const first = words.find_first_not_of(" \t\r\n");
    return words[first] == '[' || (words[first] == '{' && is_blank(words.substr(first + 1)));
}

std::string shown(fs::path const& file) {
    return file == "-" ? "standard input" : file.string();
}

/// With a question mark for each byte that is no UTF-8, as which messages and lists of rejects are read.
std::string legible(std::string name) {
    while (auto const bad = text::first_invalid_utf8(name)) {
        name[*bad] = '?';
    }
    return name;
}

std::string id_of(JsonObject& json) {
    auto const id = member(json, "id");
    if (!id || id->is_null()) {
        return {};
    }
    std::int64_t number = 0; // files out of databases number their records
    return id->get(number) == simdjson::SUCCESS ? std::to_string(number) : required_string(json, "id");
}

/// Without what names the place of the error, which a Reject says itself.
std::string without_place(std::string_view reason, std::string_view name) {
    if (!reason.starts_with(name)) {
        return std::string{reason};
    }
    std::size_t const end = reason.find_first_not_of(":0123456789", name.size());
    return std::string{end != name.size() && end != std::string_view::npos && reason[end] == ' '
                           ? reason.substr(end + 1)
                           : reason};
}

std::string not_utf8(std::string_view content, std::size_t at) {
    if (content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF")) {
        return "is UTF-16; make it UTF-8 first (iconv -f UTF-16 -t UTF-8)";
    }
    return fmt::format("byte {} is not valid UTF-8; convert the file first (Arabic ones often: "
                       "iconv -f WINDOWS-1256 -t UTF-8)",
                       at);
}

/// Why a text is none of a report; nothing when it can be one.
std::optional<std::string> fault_of(std::string_view text) {
    if (text.size() > largest_text) {
        return fmt::format(
            "a text of {} bytes; expected a report of at most {}: split it where one report ends",
            text.size(), largest_text);
    }
    // Databases and C libraries take it for the end, and would not find what stands behind it.
    if (std::size_t const zero = text.find('\0'); zero != std::string_view::npos) {
        return fmt::format("a zero byte at {}; expected text", zero);
    }
    return std::nullopt;
}

/// A day that is still to come is most often a mistyped year, and would be the last day of the whole map. The
/// clock decides of these words alone: what comes out follows from what goes in.
void doubt_future(Report const& report, std::string_view origin) {
    auto const tomorrow = std::chrono::ceil<std::chrono::days>(std::chrono::system_clock::now());
    if (report.published && *report.published > tomorrow) {
        log_warning("{}: published on {}, which is still to come; is the year right?", origin,
                    to_string(*report.published));
    }
}

/// `origin` is where the report stands, for one that says nothing of where it is from.
void complete(Report& report, std::string_view origin) {
    if (report.lang.empty()) {
        report.lang = guess_language(report.text);
    }
    report.doc_id = document_id(report);
    doubt_future(report, origin);
    if (report.id.empty()) {
        report.id = report.source.empty() && report.url.empty() ? std::string{origin} : report.doc_id;
    }
}

/// Throws InputError when the record is no report.
Report report_of_json(JsonObject& json, ReportDefaults const& defaults, std::string_view origin) {
    Report report;
    report.id = id_of(json);
    report.source = optional_string(json, "source");
    report.url = optional_string(json, "url");
    report.title = optional_string(json, "title");
    report.published = optional_date(json, "published");
    report.lang = optional_string(json, "lang");
    report.text = optional_string(json, "text");
    if (is_blank(report.text)) {
        HtmlText html = text_of_html(optional_string(json, "html"));
        report.text = std::move(html.text);
        if (report.title.empty()) {
            report.title = std::move(html.title);
        }
    }
    if (is_blank(report.text)) {
        fail<InputError>(R"(no "text" and no "html" with words in it; expected one of them)");
    }
    for (std::string const* const words :
         {&report.id, &report.source, &report.url, &report.title, &report.text}) {
        if (auto const fault = fault_of(*words)) {
            throw InputError{*fault};
        }
    }
    report.extra = other_members(json, known_keys);
    if (report.source.empty()) {
        report.source = defaults.source;
    }
    if (!report.published) {
        report.published = defaults.published;
    }
    complete(report, origin);
    return report;
}

} // namespace

struct ReportReader::State {
    std::deque<fs::path> inputs;
    ReportDefaults defaults;
    std::optional<LineReader> lines;
    std::string lines_of;                  ///< the open file as messages show it
    std::optional<std::string> first_line; ///< of standard input, read to tell its form
    bool any_line = false;
    simdjson::dom::parser parser;

    std::optional<ReportOrReject> next_of_lines();
    ReportOrReject read_line(std::string_view line, std::size_t number);
    std::optional<ReportOrReject> open(fs::path const& input);
    std::optional<ReportOrReject> open_directory(fs::path const& folder);
    std::optional<ReportOrReject> open_standard_input();
    ReportOrReject read_whole(std::string_view content, Form form, fs::path const& file) const;
};

ReportOrReject ReportReader::State::read_line(std::string_view line, std::size_t number) {
    bool const is_first = !std::exchange(any_line, true);
    try {
        JsonElement root;
        if (auto const error = parser.parse(line.data(), line.size()).get(root)) {
            if (is_first && begins_value_of_lines(line)) {
                lines.reset(); // none of its lines would be an object
                return make_reject(lines_of, number,
                                   "begins an array or object of several lines; expected one object a line "
                                   "(jq -c '.[]' makes lines of an array, jq -c . of an object)");
            }
            return make_reject(lines_of, number,
                               error == simdjson::UTF8_ERROR
                                   ? "is not valid UTF-8"
                                   : std::string{"is not JSON: "} + simdjson::error_message(error),
                               text::first_invalid_utf8(line) ? std::string_view{} : line);
        }
        JsonObject object = as_object(root, "the line");
        return report_of_json(object, defaults,
                              fmt::format("{}:{}", fs::path{lines_of}.filename().string(), number));
    } catch (InputError const& error) {
        return make_reject(lines_of, number, error.what(), line);
    }
}

std::optional<ReportOrReject> ReportReader::State::next_of_lines() {
    if (first_line) {
        std::string const line = *std::exchange(first_line, std::nullopt);
        return read_line(line, lines->line_number());
    }
    try {
        while (auto const line = lines->next()) {
            if (!is_blank(*line)) {
                return read_line(*line, lines->line_number());
            }
        }
    } catch (InputError const& error) { // damaged in the middle: what was read before stands
        std::size_t const line = lines->line_number() + 1;
        lines.reset();
        return make_reject(lines_of, line, without_place(error.what(), lines_of));
    }
    lines.reset();
    if (!any_line) {
        return make_reject(lines_of, 0, "is empty; expected a report");
    }
    return std::nullopt;
}

ReportOrReject ReportReader::State::read_whole(std::string_view content, Form form,
                                               fs::path const& file) const {
    std::string const name = shown(file);
    content = without_bom(content);
    if (is_blank(content)) {
        return make_reject(name, 0, "is empty; expected a report");
    }
    if (auto const bad = text::first_invalid_utf8(content)) {
        return make_reject(name, 0, not_utf8(content, *bad));
    }
    Report report;
    if (file != "-") {
        report.id = unpacked_name(file).stem().string();
    }
    report.source = defaults.source;
    report.published = defaults.published;
    if (auto const dated = parse_date(report.id.substr(0, 10))) {
        report.published = dated;
    }
    if (form == Form::html) {
        HtmlText html = text_of_html(content);
        report.title = std::move(html.title);
        report.text = std::move(html.text);
        if (is_blank(report.text)) {
            return make_reject(name, 0, "shows no text; expected a report");
        }
    } else {
        report.text = content;
    }
    if (auto const fault = fault_of(report.text)) {
        return make_reject(name, 0, *fault);
    }
    complete(report, name);
    return report;
}

std::optional<ReportOrReject> ReportReader::State::open_directory(fs::path const& folder) {
    ReportFiles const files = list_report_files(folder);
    for (fs::path const& other : files.others) {
        log_warning("{}: not read; in a directory, reports are .txt, .html, .jsonl, .ndjson or .json files, "
                    "plain or .gz",
                    other.string());
    }
    inputs.insert(inputs.begin(), files.reports.begin(), files.reports.end());
    if (files.error) {
        return make_reject(folder.string(), 0, files.error.message());
    }
    if (files.reports.empty()) {
        return make_reject(folder.string(), 0, "holds no report");
    }
    return std::nullopt;
}

std::optional<ReportOrReject> ReportReader::State::open_standard_input() {
    lines.emplace("-");
    std::string content;
    while (auto const line = lines->next()) {
        if (is_blank(content) && form_of_content(*line) == Form::json_lines) {
            first_line = *line;
            return std::nullopt;
        }
        content += *line;
        content += '\n';
    }
    lines.reset();
    return read_whole(content, form_of_content(content), "-");
}

std::optional<ReportOrReject> ReportReader::State::open(fs::path const& input) {
    std::error_code ignored;
    lines_of = shown(input);
    any_line = false;
    try {
        if (input == "-") {
            return open_standard_input();
        }
        if (fs::is_directory(input, ignored)) {
            return open_directory(input);
        }
        if (text::first_invalid_utf8(lines_of)) {
            return make_reject(legible(lines_of), 0,
                               "its name is not UTF-8, and would name the report; rename the file");
        }
        Form form = form_of_name(input);
        if (form != Form::json_lines) {
            std::string const content = read_unpacked_file(input, largest_file);
            form = form == Form::unknown ? form_of_content(without_bom(content)) : form;
            if (form != Form::json_lines) {
                return read_whole(content, form, input);
            }
        }
        lines.emplace(input);
    } catch (InputError const& error) {
        lines.reset();
        return make_reject(lines_of, 0, without_place(error.what(), lines_of));
    }
    return std::nullopt;
}

ReportFiles list_report_files(fs::path const& folder) {
    ReportFiles files;
    fs::recursive_directory_iterator walk{folder, files.error};
    for (; !files.error && walk != fs::recursive_directory_iterator{}; walk.increment(files.error)) {
        bool const is_hidden = walk->path().filename().string().starts_with('.');
        if (is_hidden && walk->is_directory()) {
            walk.disable_recursion_pending();
        }
        if (is_hidden || !walk->is_regular_file()) {
            continue;
        }
        (form_of_name(walk->path()) == Form::unknown ? files.others : files.reports).push_back(walk->path());
    }
    std::sort(files.reports.begin(), files.reports.end());
    std::sort(files.others.begin(), files.others.end());
    return files;
}

ReportReader::ReportReader(std::vector<fs::path> inputs, ReportDefaults defaults)
    : m_state{std::make_unique<State>()} {
    m_state->inputs.assign(inputs.begin(), inputs.end());
    m_state->defaults = std::move(defaults);
}

ReportReader::ReportReader(ReportReader&&) noexcept = default;
ReportReader& ReportReader::operator=(ReportReader&&) noexcept = default;
ReportReader::~ReportReader() = default;

std::optional<ReportOrReject> ReportReader::next() {
    State& state = *m_state;
    for (;;) {
        if (state.lines) {
            if (auto item = state.next_of_lines()) {
                return item;
            }
            continue;
        }
        if (state.inputs.empty()) {
            return std::nullopt;
        }
        fs::path const input = std::move(state.inputs.front());
        state.inputs.pop_front();
        if (auto item = state.open(input)) {
            return item;
        }
    }
}

std::string guess_language(std::string_view utf8) {
    std::size_t arabic = 0;
    std::size_t latin = 0;
    for (char const c : utf8) {
        auto const byte = static_cast<unsigned char>(c);
        arabic += byte >= 0xD8 && byte <= 0xDB ? 1U : 0U; // leads U+0600 .. U+06FF
        latin += (byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z' ? 1U : 0U;
    }
    return arabic == 0 && latin == 0 ? "" : arabic >= latin ? "ar" : "en";
}

} // namespace kharita::extract
