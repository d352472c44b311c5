#include "event/sentence_model.hpp"

#include <cmath>
#include <string>

#include "base/error.hpp"
#include "base/tsv.hpp"

namespace kharita::event {

SentenceModel SentenceModel::load(std::filesystem::path const& file) {
    Tsv const table{file, {"sign", "assault", "protest", "meaning"}};
    SentenceModel model;
    SignSet seen;
    for (std::size_t row = 0; row < table.size(); ++row) {
        Sign const sign = sign_named(table.cell(row, 0));
        if (sign == Sign::count_of_signs) {
            fail<InputError>("{}: unknown sign \"{}\"", table.where(row), table.cell(row, 0));
        }
        auto const index = static_cast<std::size_t>(sign);
        if (seen[index]) {
            fail<InputError>("{}: sign \"{}\" stands twice", table.where(row), name_of(sign));
        }
        seen.set(index);
        model.m_weights[static_cast<std::size_t>(Telling::assault)][index] = table.number_or(row, 1, 0);
        model.m_weights[static_cast<std::size_t>(Telling::protest)][index] = table.number_or(row, 2, 0);
    }
    for (std::size_t index = 0; index < sign_count; ++index) {
        if (!seen[index]) {
            fail<InputError>("{}: no weight for sign \"{}\"", file.string(),
                             name_of(static_cast<Sign>(index)));
        }
    }
    return model;
}

double SentenceModel::probability(Telling telling, SignSet const& signs) const noexcept {
    auto const& weights = m_weights[static_cast<std::size_t>(telling)];
    double sum = 0;
    for (std::size_t index = 0; index < sign_count; ++index) {
        sum += signs[index] ? weights[index] : 0;
    }
    return 1 / (1 + std::exp(-sum));
}

} // namespace kharita::event
