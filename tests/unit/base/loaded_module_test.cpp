#include "base/loaded_module.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

namespace kharita {

TEST_CASE("loaded module: one that is not there is told with all places looked at") {
    CHECK_THROWS_WITH_AS(LoadedModule::load("nothing"), doctest::Contains("kharita_nothing.so"), InputError);
}

} // namespace kharita
