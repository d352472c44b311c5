#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gazetteer/index_format.hpp"
#include "gazetteer/name_key.hpp"

namespace kharita::gazetteer {

/// A name as the compiled gazetteer keeps it: its text, one byte a letter, and what helps to read its letters
/// off that without cutting it into tokens. Views the image.
struct NameText {
    std::string_view compact;        ///< compact_text.hpp
    std::uint64_t articles = 0;      ///< bit i: byte i of `compact` belongs to a Latin article
    std::uint8_t flags = 0;          ///< name_flag
    std::size_t readable_behind = 0; ///< bytes that may be read behind `compact`

    bool is(std::uint8_t flag) const noexcept { return (flags & flag) != 0; }

    /// Takes a name off the front of a place's details. Of the flags only `articles` stands there.
    static NameText read(ByteReader& details, std::uint8_t flags) noexcept;
    void append_to(std::string& details) const;
};

/// A name's text and flags but for `primary`. `compact` must outlive it.
///
/// A name is `odd` when reading its text letter by letter, as the functions below do, does not give what
/// name_key() does: numbers with a full stop in them, ligatures, digits beside Arabic letters, double spaces,
/// a sign before the first word.
NameText describe_name(std::string_view compact, std::string_view utf8, NameKey const& key);

/// Whether a name has exactly these letters (NameKey::letters).
bool has_letters(NameText const& name, std::string_view letters);

/// NameKey::letters.
std::string letters_of(NameText const& name);

/// NameKey::boundaries of a name that is not `odd`.
std::uint64_t boundaries_of(NameText const& name) noexcept;

} // namespace kharita::gazetteer
