#include <vector>

#include "base/error.hpp"
#include "eval/cases.hpp"
#include "support.hpp"

// A casebook: its cases, which judge themselves right, or an InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kharita;
    std::filesystem::path const file = fuzz::as_file(data, size, "tsv");
    try {
        eval::Casebook const book = eval::read_casebook(file);
        std::vector<eval::JudgedCase> judged;
        judged.reserve(book.cases.size());
        for (eval::Case const& each : book.cases) {
            judged.push_back({each, each.expected});
        }
        eval::CaseScores const scores = eval::score_cases(judged, book.kind);
        fuzz::require(scores.right == book.cases.size() && scores.paired_items == scores.labelled_items,
                      "what is said as it is labelled is right");
        (void)eval::cases_json(book, judged);
    } catch (InputError const&) { // the documented answer
    }
    std::filesystem::remove(file);
    return 0;
}
