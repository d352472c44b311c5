#include <sstream>

#include "support.hpp"
#include "tile/feature_index.hpp"
#include "tile/mvt_decoder.hpp"

// What is kept beside an archive for its updates: read, or answered by FormatError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kharita::tile;
    try {
        std::istringstream stream{std::string{kharita::fuzz::as_text(data, size)}};
        FeatureIndex const index = read_index(stream);
        for (FeatureIndex::Layer const& layer : index.layers) {
            kharita::fuzz::require(layer.ids.size() == layer.places.size(), "columns are of one length");
        }
    } catch (FormatError const&) { // the documented answer
    }
    return 0;
}
