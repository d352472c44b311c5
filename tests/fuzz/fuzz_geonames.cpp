#include "base/error.hpp"
#include "gazetteer/import/geonames.hpp"
#include "support.hpp"

// A GeoNames dump: records that can be stored and read back, lines set aside, or an InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kharita::gazetteer;
    std::filesystem::path const file = kharita::fuzz::as_file(data, size, "geonames.txt");
    std::filesystem::path const stored = file.string() + ".records";
    GeonamesOptions options;
    options.country_codes = {{"SY", "SYR"}};
    std::vector<std::string> lines;
    try {
        read_geonames(
            file, options, [&](SourceRecord&& record) { lines.push_back(to_line(record)); },
            [](kharita::Reject&&) {});
    } catch (kharita::InputError const&) { // the documented answer: damaged gzip data
    }
    std::ofstream out{stored, std::ios::binary | std::ios::trunc};
    out << record_header();
    for (std::string const& line : lines) {
        out << line;
    }
    out.close();
    RecordReader reader{stored};
    SourceRecord record;
    std::size_t count = 0;
    while (reader.next(record)) {
        kharita::fuzz::require(count < lines.size() && to_line(record) == lines[count],
                               "a record reads back");
        ++count;
    }
    kharita::fuzz::require(count == lines.size(), "every record reads back");
    std::filesystem::remove(file);
    std::filesystem::remove(stored);
    return 0;
}
