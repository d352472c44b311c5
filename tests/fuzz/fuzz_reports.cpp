#include "extract/html_text.hpp"
#include "extract/reports.hpp"
#include "support.hpp"

// Reports of any kind: each is a report or a reject with its reason, and nothing is thrown.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    for (char const* const name : {"reports.jsonl", "report.txt", "report.html"}) {
        std::filesystem::path const file = kharita::fuzz::as_file(data, size, name);
        kharita::extract::ReportReader reader{{file}, {}};
        std::size_t items = 0;
        while (auto const item = reader.next()) {
            ++items;
            if (auto const* const reject = std::get_if<kharita::Reject>(&*item)) {
                kharita::fuzz::require(!reject->reason.empty(), "a reject has its reason");
            } else {
                kharita::fuzz::require(std::get<kharita::Report>(*item).doc_id.size() == 32,
                                       "a report has its id");
            }
        }
        kharita::fuzz::require(items > 0, "nothing is dropped in silence");
        std::filesystem::remove(file);
    }
    return 0;
}
