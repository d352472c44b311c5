#include "extract/extract_run.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "text/utf8.hpp"

namespace {

namespace fs = std::filesystem;
using namespace kharita; // NOLINT: a test

extract::Extractor const& shipped() {
    static auto const loaded = extract::Extractor::load(KHARITA_SOURCE_DIR);
    return loaded;
}

std::vector<fs::path> sample() {
    return {fs::path{KHARITA_SOURCE_DIR} / "tests/data/sample", "/nonexistent/reports.jsonl"};
}

/// Everything a run gives out, in order.
std::vector<std::string> run(std::size_t jobs, extract::ExtractCounts& counts) {
    extract::ReportReader reader{sample(), {}};
    std::vector<std::string> lines;
    counts = extract::annotate_all(
        reader, shipped(), jobs,
        [&](Document const& document) { lines.push_back(extract::to_json(document)); },
        [&](Reject const& reject) { lines.push_back(extract::to_json(reject)); });
    return lines;
}

} // namespace

TEST_CASE("annotate_all: the same whatever the number of threads, rejects in their place") {
    extract::ExtractCounts one;
    extract::ExtractCounts four;
    auto const lines = run(1, one);
    CHECK(lines == run(4, four));
    CHECK(one.documents + one.rejects == lines.size());
    CHECK(one.documents == four.documents);
    CHECK(one.documents >= 6);
    CHECK(one.rejects == 1);
    CHECK(lines.back() ==
          R"({"file":"/nonexistent/reports.jsonl","line":null,"reason":"No such file or directory",)"
          R"("text":null})");
}

TEST_CASE("annotate: offsets name what they say, every event's parts are there, lines read back") {
    extract::ReportReader reader{sample(), {}};
    std::size_t events = 0;
    extract::annotate_all(
        reader, shipped(), 1,
        [&](Document const& document) {
            std::string const& text = document.report.text;
            for (Mention const& mention : document.mentions) {
                CHECK(mention.span.begin < mention.span.end);
                CHECK(mention.span.end <= text.size());
                CHECK_FALSE(text::first_invalid_utf8(mention.span.of(text)));
                CHECK((mention.place.has_value() || !mention.why.empty()));
            }
            for (Event const& event : document.events) {
                ++events;
                CHECK_FALSE(text::first_invalid_utf8(event.trigger.of(text)));
            }
            std::string const line = extract::to_json(document); // rounded, so lines are compared
            CHECK(extract::to_json(extract::from_json(line)) == line);
        },
        [](Reject const&) {});
    CHECK(events >= 20);
}
