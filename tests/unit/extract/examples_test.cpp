#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "extract/annotation_json.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> examples(std::string const& kind) {
    std::vector<fs::path> files;
    for (auto const& entry :
         fs::directory_iterator{fs::path{KHARITA_SOURCE_DIR} / "schemas/examples" / kind}) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

TEST_CASE("schemas/examples/valid: read, and written again byte for byte") {
    auto const files = examples("valid");
    REQUIRE(files.size() >= 5);
    for (fs::path const& file : files) {
        CAPTURE(file.string());
        std::string const line = kharita::read_file(file);
        auto const form = file.stem() == "without_text" ? kharita::extract::TextForm::quotes
                                                        : kharita::extract::TextForm::whole;
        CHECK(kharita::extract::to_json(kharita::extract::from_json(line), form) + "\n" == line);
    }
}

TEST_CASE("schemas/examples/invalid: refused") {
    auto const files = examples("invalid");
    REQUIRE(files.size() >= 10);
    for (fs::path const& file : files) {
        CAPTURE(file.string());
        CHECK_THROWS_AS(kharita::extract::from_json(kharita::read_file(file)), kharita::InputError);
    }
}
