#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/document.hpp"

namespace kharita::store {

/// Hashes of what documents hold; it keeps its buffer from one to the next.
class Fingerprinter {
public:
    /// XXH3 over every field of a document, 32 hexadecimal digits: equal for equal documents only.
    std::string of(Document const& document);
    /// XXH3 over every field of a place.
    std::uint64_t of(Place const& place);

private:
    std::string m_bytes;
};

/// As Fingerprinter, of one document.
std::string fingerprint(Document const& document);

/// The doc_id that a report's content gives: 32 digits of SHA-256 over source, url, published and text, each
/// with its length before it. Differs from Report::doc_id where the text is not whole.
std::string content_doc_id(std::string_view source, std::string_view url, std::string_view published,
                           std::string_view text);

} // namespace kharita::store
