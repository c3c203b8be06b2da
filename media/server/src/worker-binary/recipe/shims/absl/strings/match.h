#pragma once
#include <string_view>

namespace absl
{
	inline bool StartsWith(std::string_view text, std::string_view prefix) noexcept
	{
		return text.starts_with(prefix);
	}

	inline bool EndsWith(std::string_view text, std::string_view suffix) noexcept
	{
		return text.ends_with(suffix);
	}
} // namespace absl
