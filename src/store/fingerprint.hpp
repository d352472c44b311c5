#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"

namespace kharita::store {

/// Hashes of what a document holds.
struct Fingerprint {
    /// XXH3 over every field but the input's own id, 32 hexadecimal digits: equal for equal documents.
    std::string content;
    std::vector<std::uint64_t> places; ///< XXH3 over every field of each mention's place, where it has one
};

/// Makes fingerprints; it keeps its buffers from one document to the next.
class Fingerprinter {
public:
    /// Valid until the next call.
    Fingerprint const& of(Document const& document);

private:
    std::string m_bytes;
    Fingerprint m_last;
};

/// The content's fingerprint, of one document.
std::string fingerprint(Document const& document);

} // namespace kharita::store
