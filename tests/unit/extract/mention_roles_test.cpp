#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "base/tsv.hpp"
#include "extract/extractor.hpp"
#include "model/names.hpp"

using namespace kharita;

namespace {

/// "name|role; …", the form of tests/cases/roles.tsv.
std::string roles_of(extract::Extractor const& extractor, std::string const& text) {
    Report report;
    report.text = text;
    report.lang = "ar";
    Document const document = extractor.annotate(report);
    std::string all;
    for (Mention const& mention : document.mentions) {
        all += all.empty() ? "" : "; ";
        all += std::string{mention.span.of(text)} + "|" + std::string{name_of(mention.role)};
    }
    return all;
}

} // namespace

TEST_CASE("roles once events are coded: the sentences of tests/cases/roles.tsv") {
    std::filesystem::path const source{KHARITA_SOURCE_DIR};
    auto const extractor = extract::Extractor::load(source);
    Tsv const cases{source / "tests/cases/roles.tsv", {"case", "sentence", "places"}};
    for (std::size_t row = 0; row < cases.size(); ++row) {
        CAPTURE(cases.where(row));
        CAPTURE(cases.cell(row, 0));
        CHECK(roles_of(extractor, std::string{cases.cell(row, 1)}) == cases.cell(row, 2));
    }
}
