#pragma once

#include <filesystem>
#include <functional>

#include "publish/build.hpp"

namespace kharita::publish {

/// What build() does where it publishes in a database on a server.
BuildReport build_on_server(BuildOptions const& options, std::filesystem::path const& data_dir,
                            std::function<void(Reject const&)> const& set_aside);

} // namespace kharita::publish
