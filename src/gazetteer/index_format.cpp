#include "gazetteer/index_format.hpp"

namespace kharita::gazetteer {

void append_varint(std::string& bytes, std::uint64_t value) {
    while (value >= 0x80U) {
        bytes.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
        value >>= 7U;
    }
    bytes.push_back(static_cast<char>(value));
}

std::uint64_t ByteReader::varint() noexcept {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        std::uint8_t const next = byte();
        value |= static_cast<std::uint64_t>(next & 0x7FU) << shift;
        if ((next & 0x80U) == 0) {
            return value;
        }
    }
    m_whole = false;
    return 0;
}

std::string_view ByteReader::bytes(std::uint64_t size) noexcept {
    if (size > m_bytes.size()) {
        m_whole = false;
        m_bytes = {};
        return {};
    }
    std::string_view const taken = m_bytes.substr(0, size);
    m_bytes.remove_prefix(size);
    return taken;
}

std::uint8_t ByteReader::byte() noexcept {
    std::string_view const taken = bytes(1);
    return taken.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(taken[0]);
}

PlaceRecord PlaceRecord::read(char const* bytes) noexcept {
    return {.details = load_little<std::uint32_t>(bytes),
            .lon = static_cast<std::int32_t>(load_little<std::uint32_t>(bytes + 4)),
            .lat = static_cast<std::int32_t>(load_little<std::uint32_t>(bytes + 8)),
            .parent = load_little<std::uint32_t>(bytes + 12),
            .feature = load_little<std::uint16_t>(bytes + 16)};
}

void PlaceRecord::append_to(std::string& bytes) const {
    append_little(bytes, details);
    append_little(bytes, static_cast<std::uint32_t>(lon));
    append_little(bytes, static_cast<std::uint32_t>(lat));
    append_little(bytes, parent);
    append_little(bytes, feature);
}

void NameRecord::append_to(std::string& bytes) const {
    append_little(bytes, tag | (static_cast<std::uint32_t>(flags) << 24U));
    append_little(bytes, text);
    append_little(bytes, place);
}

} // namespace kharita::gazetteer
