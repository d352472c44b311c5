#include <string>

#include "base/error.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/index_image.hpp"
#include "support.hpp"
#include "text/tokens.hpp"

namespace {

using namespace kharita;

/// Damage that the checksums would find is a test of little: most inputs get right ones, so that what lies
/// behind them is reached.
void seal(std::string& bytes) {
    using namespace gazetteer;
    if (bytes.size() < index_header_size) {
        return;
    }
    store_little(std::uint64_t{bytes.size()}, bytes.data() + header_at::file_size);
    auto const checksums = load_little<std::uint64_t>(bytes.data() + header_at::table);
    if (checksums < index_header_size || checksums > bytes.size()) {
        return;
    }
    std::uint64_t const blocks = (checksums - index_header_size + index_block_size - 1) / index_block_size;
    if ((bytes.size() - checksums) / sizeof(std::uint64_t) >= blocks) {
        seal_index(bytes);
    }
}

void use(gazetteer::Gazetteer const& gazetteer) {
    constexpr std::size_t most = 64; // places: a header may claim millions
    text::TokenizedText const text{"قصفت بلدة اللطامنة وكفرزيتا وللطامنة al-Latamneh, Kafr Zita"};
    gazetteer.match(text);
    gazetteer.fuzzy(text, {1, 3});
    gazetteer.lookup("اللطامنه");
    gazetteer.find("gn:1");
    for (gazetteer::PlaceIndex i = 0; i < gazetteer.size() && i < most; ++i) {
        fuzz::require(gazetteer.is_within(i, i), "a place lies within itself");
        Place const& place = gazetteer.place(i);
        fuzz::require(is_valid(place.at), "coordinates are those of the earth");
        gazetteer.find(place.id);
        gazetteer.names(i);
    }
}

} // namespace

// A compiled gazetteer: can be used, or is an InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string bytes{fuzz::as_text(data, size)};
    if (size % 4 != 0) {
        seal(bytes);
    }
    try {
        use(gazetteer::Gazetteer::read(std::move(bytes), "fuzz.kgaz"));
    } catch (InputError const&) { // the documented answer
    }
    return 0;
}
