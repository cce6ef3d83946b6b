"""The least effort that reaches a goal: when and how strongly a policy, or two at once, must act."""
