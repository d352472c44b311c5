#include "base/error.hpp"
#include "extract/annotation_json.hpp"
#include "support.hpp"

// An annotated document: what reads is written and reads again as the same line; all else is an InputError.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static kharita::extract::AnnotationReader reader;
    try {
        std::string const line = kharita::extract::to_json(reader.read(kharita::fuzz::as_text(data, size)));
        kharita::fuzz::require(kharita::extract::to_json(reader.read(line)) == line,
                               "what was written reads as the same");
    } catch (kharita::InputError const&) { // the documented answer
    }
    return 0;
}
