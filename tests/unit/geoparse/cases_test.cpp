#include <string>

#include <doctest/doctest.h>

#include "base/tsv.hpp"
#include "model/names.hpp"
#include "shipped.hpp"

using namespace kharita;
using namespace kharita::geoparse;

namespace {

std::string name_in(std::string const& text, std::vector<Toponym> const& toponyms, std::string const& id) {
    for (Toponym const& toponym : toponyms) {
        if (toponym.mention.id == id) {
            return std::string{toponym.mention.span.of(text)};
        }
    }
    return "?";
}

/// "name|role|place id|name of scope; …", the form of tests/cases/mentions.tsv.
std::string mentions_of(std::string const& text) {
    auto const toponyms = parse(text);
    std::string all;
    for (Toponym const& toponym : toponyms) {
        Mention const& mention = toponym.mention;
        all += all.empty() ? "" : "; ";
        all += std::string{mention.span.of(text)} + "|" + std::string{name_of(mention.role)} + "|" +
               (mention.place ? mention.place->id : "-");
        if (mention.scope) {
            all += "|" + name_in(text, toponyms, *mention.scope);
        }
    }
    return all;
}

} // namespace

TEST_CASE("geoparser: the sentences of tests/cases/mentions.tsv") {
    Tsv const cases{std::filesystem::path{KHARITA_SOURCE_DIR} / "tests/cases/mentions.tsv",
                    {"case", "sentence", "mentions"}};
    for (std::size_t row = 0; row < cases.size(); ++row) {
        CAPTURE(cases.where(row));
        CAPTURE(cases.cell(row, 0));
        CHECK(mentions_of(std::string{cases.cell(row, 1)}) == cases.cell(row, 2));
    }
}
