#include "base/error.hpp"

#include <system_error>

namespace kharita {

std::string system_message(int number) {
    return std::generic_category().message(number);
}

} // namespace kharita
