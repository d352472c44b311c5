#include "support.hpp"
#include "tile/feature_index.hpp"
#include "tile/mvt_decoder.hpp"

// What is kept beside an archive for its updates: read, or answered by FormatError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kharita::tile;
    try {
        FeatureIndex const index = read_index(kharita::fuzz::as_text(data, size));
        for (FeatureIndex::Layer const& layer : index.layers) {
            kharita::fuzz::require(layer.ids.size() == layer.places.size(), "columns are of one length");
        }
    } catch (FormatError const&) { // the documented answer
    }
    return 0;
}
