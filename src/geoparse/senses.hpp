#pragma once

#include <array>
#include <cstddef>
#include <filesystem>

#include "gazetteer/gazetteer.hpp"

namespace kharita::geoparse {

/// What a name's setting says about the class of the place: «ريف حماة» is the governorate's, «قرب حماة» the
/// city's.
enum class Sense : std::size_t {
    bare,              ///< «في X», «على X»
    bare_latin,        ///< "in X"; English says "province" where it means that
    countryside,       ///< «ريف X»
    compass_noun,      ///< «جنوب X»
    compass_adjective, ///< «غربي X»
    near,              ///< «قرب X», «محيط X», «أطراف X», roads and fronts
    heading,           ///< «X:: …»
    of_settlement,     ///< scope of a settlement: «بلدة A بـX»
    of_quarter,        ///< scope of a neighbourhood or facility: «حي A بـX»
    count_of_senses,
};

/// How much each setting speaks for each class, from schemas/geoparse/senses.tsv. Immutable.
class Senses {
public:
    /// Throws InputError when a setting or class is missing.
    static Senses load(std::filesystem::path const& file);

    double weight(Sense sense, gazetteer::FeatureClass value) const noexcept {
        return m_weights[static_cast<std::size_t>(sense)][static_cast<std::size_t>(value)];
    }

private:
    static constexpr std::size_t class_count = 10;
    std::array<std::array<double, class_count>, static_cast<std::size_t>(Sense::count_of_senses)> m_weights{};
};

} // namespace kharita::geoparse
